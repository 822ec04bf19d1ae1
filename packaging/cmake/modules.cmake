# The house: which target may use which, and which libraries from outside. Read by targets.cmake when configuring
# and by tests/house over the #include lines. Order is from the ground up; a target may only use what stands above it.
#   folder              | may use                                             | outside
set(SQLGYM_MODULES
    "engine/base              | -                                                                           | -"
    "engine/digest            | base                                                                        | nettle"
    "engine/value             | base                                                                        | gmp mpfr"
    "engine/zones             | base value                                                                  | -"
    "engine/catalogue         | base value                                                                  | -"
    "engine/runtime           | base value zones catalogue digest                                           | gmp mpfr"
    "engine/sql               | base value catalogue runtime                                                | pg_query"
    "engine/assist            | base value catalogue sql                                                    | pg_query"
    "engine/plan              | base value catalogue sql runtime                                            | -"
    "engine/exec              | base value catalogue sql runtime plan                                       | -"
    "engine/sqlite            | base                                                                        | sqlite3"
    "engine/postgres          | base value                                                                  | pq"
    "engine/sandbox           | base value                                                                  | nlohmann_json seccomp"
    "engine/sandbox_embedded  | base value catalogue sql runtime plan exec sandbox                          | -"
    "engine/sandbox_postgres  | base value sql postgres sandbox                                             | pg_query"
    "engine/content           | base value digest                                                           | nlohmann_json valijson"
    "engine/grading           | base value digest sql content sandbox                                       | nlohmann_json pg_query"
    "engine/mutants           | base sql                                                                    | pg_query"
    "engine/verify            | base value sql content sandbox grading mutants                              | nlohmann_json"
    "engine/server            | base digest content grading postgres                                        | -"
    "engine/client            | base                                                                        | nlohmann_json"
    "engine/gateway           | base client postgres                                                        | -"
    "engine/tokens            | base                                                                        | libsecret"
    "engine/insight           | base sql grading                                                            | pg_query"
    "engine/progress          | base content grading                                                        | nlohmann_json"
    "engine/judge             | base content grading postgres progress sandbox sandbox_postgres server verify       | nlohmann_json"
    "engine/cache             | base value sqlite content grading progress                                  | nlohmann_json"
    "engine/sync              | base sqlite cache client                                                    | nlohmann_json"
    "ui/session               | base value digest sql assist content sandbox grading verify insight progress cache client sync tokens | nlohmann_json Qt6Core Qt6Network"
    "ui/models                | base value sql assist content sandbox grading progress session              | Qt6Core Qt6Gui"
    "ui/widgets               | base sql assist content sandbox grading models session                      | Qt6Core Qt6Gui Qt6Widgets Qt6Svg qscintilla2_qt6"
    "ui/diagram               | content models widgets session                                              | Qt6Core Qt6Gui Qt6Widgets Qt6Svg"
    "ui/screens               | base sql assist content sandbox grading insight progress models widgets session diagram | Qt6Core Qt6Gui Qt6Widgets Qt6Svg"
    "ui/shell                 | base content grading progress models widgets screens session                | Qt6Core Qt6Gui Qt6Widgets Qt6Svg Qt6DBus"
)
# Folders that start threads, or hand work to those that do. A test whose own DEPENDS name one has the label `threads`: those
# are what `ctest --preset tsan` runs.
set(SQLGYM_THREADED sql postgres sandbox sandbox_embedded sandbox_postgres verify judge session shell)
