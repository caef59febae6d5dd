// Names of the tables. They are on disk: never change them.
#ifndef QANTARA_STORE_TABLE_NAMES_H_
#define QANTARA_STORE_TABLE_NAMES_H_

#include "domain/ports/tables.h"

namespace qantara::store {

// Family with what is known of all tables together.
inline constexpr char kMetaFamilyName[] = "meta";

// Name of a table's column family.
const char* TableName(domain::Table table);

}  // namespace qantara::store

#endif  // QANTARA_STORE_TABLE_NAMES_H_
