// CREATE, ALTER, DROP and what else is no query: bound apart from queries, with the same tools.
#pragma once

#include "sql/binder.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sqlgym::sql {

/// Binds one statement of any kind; queries inside it are its base's affair.
class DefinitionBinder final : public Binder {
public:
    using Binder::Binder;

    void bindStatement(const PgQuery__RawStmt &raw);

private:
    // ---- bind_ddl.cpp, bind_view.cpp, bind_create_type.cpp, bind_index.cpp, bind_utility.cpp
    std::string nodeText(const Node &node);
    void declineShadowing(const PgQuery__RangeVar &relation) const;
    void checkColumnList(const TableDefinition &table) const;
    void bindCreateTable(const PgQuery__CreateStmt &stmt);
    void bindCreateTableAs(const PgQuery__CreateTableAsStmt &stmt);
    void bindCreateView(const PgQuery__ViewStmt &stmt, base::SourceSpan span);
    void bindCreateEnum(const PgQuery__CreateEnumStmt &stmt);
    void bindCreateDomain(const PgQuery__CreateDomainStmt &stmt);
    void bindDomain(const PgQuery__CreateDomainStmt &stmt);
    std::string newTypeName(Node *const *names, std::size_t count) const;
    void addDomainChecks(const DomainDefinition &domain, TableDefinition &table, int column);
    void bindTableAs(const PgQuery__SelectStmt &select, const PgQuery__IntoClause &into, bool ifNotExists,
                     bool materialized = false);
    void bindRefresh(const PgQuery__RefreshMatViewStmt &stmt);
    void bindDrop(const PgQuery__DropStmt &stmt);
    void bindTruncate(const PgQuery__TruncateStmt &stmt);
    static void gatherViewColumns(const Query &query, std::vector<ViewSource> &sources);
    static std::string queryText(Node &select);
    static char persistenceOf(const PgQuery__RangeVar &relation);
    void bindTransaction(const PgQuery__TransactionStmt &stmt);
    void bindSet(const PgQuery__VariableSetStmt &stmt);
    void bindShow(const PgQuery__VariableShowStmt &stmt);
    void bindComment(const PgQuery__CommentStmt &stmt);
    void bindAnalyze(const PgQuery__VacuumStmt &stmt);
    std::shared_ptr<const TableDefinition> relationNamed(const std::string &schema, const std::string &name) const;
    void checkSchema(const std::string &schema) const;
    void bindCreateIndex(const PgQuery__IndexStmt &stmt);
    void checkImmutable(Expr &expr, const char *where) const;

    // ---- CREATE TABLE (bind_create_table.cpp, bind_constraint.cpp)
    /// A constraint as it was written; `column`: whose it is, -1 = the table's.
    struct PendingConstraint {
        const PgQuery__Constraint *node;
        int column;
        bool deferrable = false;
    };
    /// `values`: per column, its DEFAULT or generation expression, or nullptr.
    struct NewTable {
        TableDefinition *table;
        std::vector<PendingConstraint> constraints = {};
        std::vector<const Node *> values = {};
        std::vector<SequenceDefinition> sequences = {};
        bool altered = false;     ///< ALTER TABLE: it is there already
        std::size_t firstKey = 0; ///< index of the first new one
    };
    void declineSequenceOrder(Query &query) const;
    void addLike(const PgQuery__TableLikeClause &like, NewTable &made);
    void setColumnType(const PgQuery__ColumnDef &column, ColumnDefinition &out, TableDefinition &table);
    void addColumn(const PgQuery__ColumnDef &column, NewTable &made);
    Expr *bindValue(const Node &node, const ColumnDefinition &column, const TableDefinition *table);
    void bindColumnValues(const NewTable &made);
    /// The ids of the columns of range 0, which is `table`, that an expression refers to.
    static std::vector<int> columnIds(Expr &expr, const TableDefinition &table);
    /// Options that ALTER SEQUENCE leaves as they are; `restart`: RESTART is allowed, too.
    void applySequenceOptions(Node *const *options, std::size_t count, SequenceDefinition &sequence,
                              std::optional<std::int64_t> *restart = nullptr);
    void setSequenceOwner(const PgQuery__DefElem &option, SequenceDefinition &sequence) const;
    void setSequenceName(const PgQuery__DefElem &option, SequenceDefinition &sequence) const;
    void setSequenceType(const PgQuery__DefElem &option, SequenceDefinition &sequence);
    void bindCreateSequence(const PgQuery__CreateSeqStmt &stmt);
    void bindAlterSequence(const PgQuery__AlterSeqStmt &stmt);
    void bindAlterEnum(const PgQuery__AlterEnumStmt &stmt);
    static std::vector<std::int64_t> sequencesIn(Expr &expr);
    std::int64_t sequenceNumber(const PgQuery__DefElem &option);
    void checkSequence(const SequenceDefinition &sequence) const;
    void addKeys(const NewTable &made);
    void nameKeys(const NewTable &made) const;
    void addChecks(const NewTable &made);
    void addForeignKeys(const NewTable &made);
    std::string sequenceFor(const ColumnDefinition &column, NewTable &made, const PgQuery__Constraint *identity);
    void declineStorage(const PgQuery__CreateStmt &stmt) const;
    void checkPersistence(const TableDefinition &table, const TableDefinition &referenced) const;
    void addForeignKey(const PendingConstraint &pending, TableDefinition &table);
    std::vector<int> foreignKeyColumns(const TableDefinition &table, Node *const *list, std::size_t count) const;
    static bool isUniqueKey(const TableDefinition &table, const std::vector<int> &columns);
    void checkForeignKeyTypes(const ForeignKeyDefinition &key, const TableDefinition &table,
                              const TableDefinition &referenced) const;
    static bool isConstraint(const TableDefinition &table, const std::string &name);
    [[noreturn]] void constraintExists(const std::string &name, const TableDefinition &table) const;

    // ---- ALTER TABLE (bind_alter.cpp, bind_alter_column.cpp, bind_rename.cpp)
    void bindAlterTable(const PgQuery__AlterTableStmt &stmt);
    /// What ALTER names; null where it is missing and may be: the statement is settled then. `otherKind` is what is
    /// declined for a relation that is no table.
    std::shared_ptr<const TableDefinition> tableToAlter(const PgQuery__RangeVar &relation, bool missingOk,
                                                        const char *tag, const char *otherKind);
    void startAlter(std::shared_ptr<const TableDefinition> table);
    void checkAlterTarget(const PgQuery__AlterTableCmd &command, const TableDefinition &table) const;
    void applyAlter(const PgQuery__AlterTableCmd &command, NewTable &made);
    std::size_t alteredColumn(const TableDefinition &table, std::string_view name) const;
    void alterAddColumn(const PgQuery__AlterTableCmd &command, NewTable &made);
    void alterDropColumn(const PgQuery__AlterTableCmd &command, NewTable &made);
    void alterDefault(const PgQuery__AlterTableCmd &command, TableDefinition &table);
    void alterAddIdentity(const PgQuery__AlterTableCmd &command, NewTable &made);
    void alterDropIdentity(const PgQuery__AlterTableCmd &command, TableDefinition &table);
    void alterDropNotNull(const PgQuery__AlterTableCmd &command, TableDefinition &table);
    void prepareColumnType(const PgQuery__AlterTableCmd &command);
    void alterColumnType(const PgQuery__AlterTableCmd &command, TableDefinition &table);
    void alterDropConstraint(const PgQuery__AlterTableCmd &command, NewTable &made);
    void finishAlter(NewTable &made);
    void bindRename(const PgQuery__RenameStmt &stmt);
    void renameColumn(const PgQuery__RenameStmt &stmt, TableDefinition &table);
    void renameTable(const PgQuery__RenameStmt &stmt, TableDefinition &table);
    void renameConstraint(const PgQuery__RenameStmt &stmt, TableDefinition &table);

    /// ALTER COLUMN ... TYPE, once looked at: `value` is over the old row.
    struct Retyping {
        int column;
        Oid type;
        std::int32_t typmod;
        Expr *value;
    };
    std::vector<Retyping> m_retypings;
};

} // namespace sqlgym::sql
