// A problem's tables and the references between them, as a graph: what the diagram draws and what joins follow.
#pragma once

#include "content/problem.h"

#include <QtCore/QString>

#include <vector>

namespace sqlgym::models {

struct GraphColumn {
    QString name;
    QString type; ///< as in DDL
    bool inPrimaryKey = false;
    bool inForeignKey = false;
    bool notNull = false;
};

struct GraphTable {
    QString name;
    QString description;
    std::vector<GraphColumn> columns;
};

/// How many rows on one side may belong to one row on the other.
enum class Cardinality { ZeroOrOne, ExactlyOne, ZeroOrMany };

/// A foreign key: `child`'s columns refer to `parent`'s. Tables and columns by their index.
struct GraphLink {
    int child = 0;
    int parent = 0;
    std::vector<int> childColumns;
    std::vector<int> parentColumns;
    Cardinality atChild = Cardinality::ZeroOrMany;  ///< ZeroOrOne where the referring columns are unique
    Cardinality atParent = Cardinality::ExactlyOne; ///< ZeroOrOne where a referring column may be NULL
};

struct SchemaGraph {
    std::vector<GraphTable> tables;
    std::vector<GraphLink> links;
};

/// References to tables or columns that the problem does not have are left out.
SchemaGraph schemaGraph(const content::Problem &problem);

/// The links of a shortest way from one table to another, in order, whichever way they point; empty where there is none
/// or the two are one.
std::vector<int> joinPath(const SchemaGraph &graph, int from, int to);

/// "loan.member_id = member.id", names quoted where SQL needs it.
QString joinCondition(const SchemaGraph &graph, const GraphLink &link);

/// The path as a FROM clause: "loan\nJOIN member ON loan.member_id = member.id". Not for a table that joins itself,
/// which needs two names.
QString fromClause(const SchemaGraph &graph, int from, const std::vector<int> &path);

/// "each loan has exactly one member; each member has any number of loan".
QString linkInWords(const SchemaGraph &graph, const GraphLink &link);

/// A name as SQL must have it.
QString sqlName(const QString &name);

} // namespace sqlgym::models
