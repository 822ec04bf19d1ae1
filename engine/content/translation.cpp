// problem.LANGUAGE.json, statement.LANGUAGE.md and solution.LANGUAGE.md.
#include "content/translation.h"

#include "content/pack_parts.h"

#include <algorithm>
#include <set>

namespace sqlgym::content {

namespace fs = std::filesystem;

namespace {

bool isLanguage(std::string_view text)
{
    return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

std::string named(const std::string &folder, const char *stem, const std::string &language, const char *suffix)
{
    return folder + '/' + stem + '.' + language + suffix;
}

// What stands between backticks, one or three of them: names, values and queries, which stay as they are.
std::set<std::string> codeOf(const std::string &text)
{
    std::set<std::string> code;
    for (std::size_t at = text.find('`'); at != std::string::npos; at = text.find('`', at)) {
        const std::string mark = text.compare(at, 3, "```") == 0 ? "```" : "`";
        const std::size_t begin = at + mark.size();
        const std::size_t end = text.find(mark, begin);
        if (end == std::string::npos)
            break;
        code.insert(text.substr(begin, end - begin));
        at = end + mark.size();
    }
    return code;
}

void checkCode(PackFiles &files, const std::string &file, const std::string &path, const std::string &original,
               const std::string &translated)
{
    // Each at least once: another language may have to name a column twice.
    const std::set<std::string> wanted = codeOf(original), found = codeOf(translated);
    for (const std::string &code : wanted) {
        if (!found.contains(code))
            files.fault(file, path, "lacks the original's `" + code + "`");
    }
    for (const std::string &code : found) {
        if (!wanted.contains(code))
            files.fault(file, path, "has `" + code + "`, which the original has not");
    }
}

/// Each of them once, where it is the original's.
void replace(std::string &text, const std::string &original, const std::string &translated)
{
    if (text == original && !translated.empty())
        text = translated;
}

void replacePart(std::string &text, const std::string &original, const std::string &translated)
{
    if (const std::size_t at = original.empty() ? std::string::npos : text.find(original); at != std::string::npos)
        text.replace(at, original.size(), translated);
}

void replaceContract(OutputContract &contract, const Json &original, const Json &translated)
{
    const auto word = [&](std::string &text, const char *name) {
        replace(text, original.value(name, std::string()), translated.value(name, std::string()));
    };
    word(contract.grain, "grain");
    word(contract.ties, "ties");
    word(contract.nulls, "nulls");
    word(contract.rounding, "rounding");
    const Json meanings = translated.value("columns", Json::object());
    for (const Json &column : original.at("columns")) {
        const auto name = column.at("name").get<std::string>();
        const auto at = std::ranges::find(contract.columns, name, &ContractColumn::name);
        if (at != contract.columns.end())
            replace(at->meaning, column.value("meaning", std::string()), meanings.value(name, std::string()));
    }
}

void checkContract(PackFiles &files, const std::string &file, const Json &original, const Json &translated)
{
    for (const char *name : {"ties", "nulls", "rounding"}) {
        if (original.contains(name) != translated.contains(name))
            files.fault(file, std::string("/contract/") + name,
                        original.contains(name) ? "is missing" : "is not in the original");
    }
    std::set<std::string> names;
    for (const Json &column : original.at("columns"))
        names.insert(column.at("name").get<std::string>());
    for (const auto &[name, meaning] : translated.at("columns").items()) {
        if (names.erase(name) == 0)
            files.fault(file, pointerTo("/contract/columns", name), "is no column of the contract");
    }
    for (const std::string &name : names)
        files.fault(file, pointerTo("/contract/columns", name), "is missing");
}

/// Lists of texts, one for each of the original's.
void checkList(PackFiles &files, const std::string &file, const char *name, const Json &original,
               const Json &translated)
{
    const Json ours = original.value(name, Json::array()), theirs = translated.value(name, Json::array());
    if (ours.size() != theirs.size()) {
        files.fault(file, std::string("/") + name,
                    "has " + std::to_string(theirs.size()) + " of the original's " + std::to_string(ours.size()));
        return;
    }
    for (std::size_t i = 0; i < ours.size(); ++i)
        checkCode(files, file, std::string("/") + name + '/' + std::to_string(i), ours[i].get<std::string>(),
                  theirs[i].get<std::string>());
}

} // namespace

std::vector<std::string> checkTranslations(PackFiles &files, const std::string &folder, const Json &json)
{
    std::vector<std::string> known;
    for (const std::string &name : files.files(folder, ".json")) {
        if (!name.starts_with("problem.") || name == "problem.json")
            continue;
        const std::string language = name.substr(8, name.size() - 8 - 5);
        if (!isLanguage(language))
            continue; // a stranger
        const std::string file = folder + '/' + name;
        const std::string statement = named(folder, "statement", language, ".md");
        const std::string solution = named(folder, "solution", language, ".md");
        known.insert(known.end(), {name, "statement." + language + ".md", "solution." + language + ".md"});
        const std::optional<Json> translated = files.json(file, "pack_translation");
        checkCode(files, statement, "", files.prose(folder + "/statement.md"), files.prose(statement));
        checkCode(files, solution, "", files.prose(folder + "/solution.md"), files.prose(solution));
        if (!translated)
            continue;
        checkContract(files, file, json.at("contract"), translated->at("contract"));
        checkList(files, file, "hints", json, *translated);
        checkList(files, file, "misconceptions", json, *translated);
        if (json.contains("example") != translated->contains("example"))
            files.fault(file, "/example", json.contains("example") ? "is missing" : "is not in the original");
    }
    return known;
}

bool translate(Problem &problem, const fs::path &pack, const std::string &language)
{
    const std::string folder = "problems/" + problem.slug;
    std::error_code failed;
    if (!isLanguage(language) || !isSlug(problem.slug) ||
        !fs::is_regular_file(pack / named(folder, "problem", language, ".json"), failed))
        return false;
    PackFiles files(pack);
    const std::optional<Json> json = files.json(folder + "/problem.json", "pack_problem");
    if (json)
        checkTranslations(files, folder, *json);
    const auto words = files.json(named(folder, "problem", language, ".json"), "pack_translation");
    const std::string question = files.prose(folder + "/statement.md");
    const std::string solution = files.prose(folder + "/solution.md");
    const std::string statementThere = files.prose(named(folder, "statement", language, ".md"));
    const std::string solutionThere = files.prose(named(folder, "solution", language, ".md"));
    if (files.faultCount() > 0)
        return false;

    replace(problem.title, json->at("title").get<std::string>(), words->at("title").get<std::string>());
    replaceContract(problem.contract, json->at("contract"), words->at("contract"));
    replacePart(problem.question, question, statementThere);
    if (json->contains("example")) {
        replacePart(problem.question, json->at("example").at("why").get<std::string>(),
                    words->at("example").get<std::string>());
        replacePart(problem.question, kExampleHeading, words->at("headings").at("example").get<std::string>());
    }
    replacePart(problem.solutionExplanation, solution, solutionThere);
    const Json mistakes = json->value("misconceptions", Json::array());
    for (std::size_t i = 0; i < mistakes.size(); ++i)
        replacePart(problem.solutionExplanation, mistakes[i].get<std::string>(),
                    words->at("misconceptions")[i].get<std::string>());
    replacePart(problem.solutionExplanation, kMistakesHeading,
                words->at("headings").at("misconceptions").get<std::string>());
    for (Hint &hint : problem.hints) {
        const auto level = static_cast<std::size_t>(hint.level);
        if (level >= 1 && level <= json->at("hints").size())
            replace(hint.text, json->at("hints")[level - 1].get<std::string>(),
                    words->at("hints")[level - 1].get<std::string>());
    }
    return true;
}

std::map<std::string, std::string> translatedTitles(const fs::path &pack, const std::string &language)
{
    std::map<std::string, std::string> titles;
    if (!isLanguage(language))
        return titles;
    PackFiles files(pack);
    for (const std::string &slug : files.subfolders("problems")) {
        const std::string file = named("problems/" + slug, "problem", language, ".json");
        std::error_code failed;
        if (!fs::is_regular_file(pack / file, failed))
            continue;
        if (const auto words = files.json(file, "pack_translation"))
            titles.emplace(slug, words->at("title").get<std::string>());
    }
    return titles;
}

} // namespace sqlgym::content
