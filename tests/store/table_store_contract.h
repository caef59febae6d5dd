// What every table store promises, see domain/ports/tables.h.
#ifndef QANTARA_TESTS_STORE_TABLE_STORE_CONTRACT_H_
#define QANTARA_TESTS_STORE_TABLE_STORE_CONTRACT_H_

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "domain/ports/tables.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace qantara::store {

// Open tables and what must outlive them.
class TablesUnderTest {
 public:
  virtual ~TablesUnderTest() = default;

  virtual domain::TableStore& tables() = 0;

  // Closes the tables and opens them again.
  virtual void Reopen() = 0;
};

using NewTablesUnderTest = std::function<std::unique_ptr<TablesUnderTest>()>;

using Rows = std::vector<std::pair<std::string, std::string>>;

// All rows of a table between two keys.
inline Rows ScanRows(const domain::TableSnapshot& snapshot, domain::Table table,
                     absl::string_view begin = "", absl::string_view end = "",
                     bool reverse = false) {
  Rows rows;
  const absl::Status status = snapshot.Scan(
      table, begin, end,
      [&rows](absl::string_view key, absl::string_view value) {
        rows.emplace_back(key, value);
        return true;
      },
      reverse);
  EXPECT_TRUE(status.ok()) << status;
  return rows;
}

class TableStoreContract : public ::testing::TestWithParam<NewTablesUnderTest> {
 protected:
  using Table = domain::Table;

  TableStoreContract() : candidate_(GetParam()()) {}

  domain::TableStore& tables() { return candidate_->tables(); }
  void Reopen() { candidate_->Reopen(); }

  void Apply(domain::Position through, std::vector<domain::TableWrite> writes) {
    const absl::Status status = tables().Apply(through, writes);
    EXPECT_TRUE(status.ok()) << status;
  }

  std::optional<std::string> Get(Table table, absl::string_view key) {
    const auto value = tables().Get(table, key);
    EXPECT_TRUE(value.ok()) << value.status();
    return value.value_or(std::nullopt);
  }

 private:
  std::unique_ptr<TablesUnderTest> candidate_;
};

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::Pair;

TEST_P(TableStoreContract, EmptyTablesReflectPositionZero) {
  EXPECT_EQ(tables().position(), 0);
  EXPECT_EQ(tables().Snapshot()->position(), 0);
  for (const Table table : domain::kAllTables) {
    EXPECT_EQ(Get(table, "k"), std::nullopt);
    EXPECT_THAT(ScanRows(*tables().Snapshot(), table), IsEmpty());
  }
}

TEST_P(TableStoreContract, EachTableKeepsItsOwnRows) {
  std::vector<domain::TableWrite> writes;
  for (const Table table : domain::kAllTables) {
    writes.push_back({table, "k", absl::StrCat(static_cast<int>(table))});
  }
  Apply(5, writes);
  Reopen();
  EXPECT_EQ(tables().position(), 5);
  for (const Table table : domain::kAllTables) {
    EXPECT_THAT(Get(table, "k"),
                Optional(absl::StrCat(static_cast<int>(table))));
  }
}

TEST_P(TableStoreContract, LaterWritesOfOneKeyCount) {
  Apply(1, {{Table::kSkus, "a", "1"}, {Table::kSkus, "b", "1"}});
  Apply(2, {{Table::kSkus, "a", "2"},
            {Table::kSkus, "a", "3"},
            {Table::kSkus, "b", std::nullopt},
            {Table::kSkus, "c", std::nullopt}});
  EXPECT_THAT(ScanRows(*tables().Snapshot(), Table::kSkus),
              ElementsAre(Pair("a", "3")));
}

TEST_P(TableStoreContract, PositionMovesWithoutRowsToo) {
  Apply(3, {});
  Reopen();
  EXPECT_EQ(tables().position(), 3);
}

TEST_P(TableStoreContract, KeysAndValuesAreBytes) {
  const std::string key("\0\xff k", 4);
  const std::string value("\0\xfe", 2);
  Apply(1, {{Table::kItems, key, value}, {Table::kItems, "e", ""}});
  EXPECT_THAT(Get(Table::kItems, key), Optional(value));
  EXPECT_THAT(Get(Table::kItems, "e"), Optional(std::string()));
}

TEST_P(TableStoreContract, ScanIncludesItsBeginAndNotItsEnd) {
  Apply(1, {{Table::kStock, "a", "1"},
            {Table::kStock, "b", "2"},
            {Table::kStock, std::string("b\0", 2), "3"},
            {Table::kStock, "c", "4"}});
  const auto snapshot = tables().Snapshot();
  const auto keys = [&](absl::string_view begin, absl::string_view end,
                        bool reverse = false) {
    std::string values;
    for (const auto& row :
         ScanRows(*snapshot, Table::kStock, begin, end, reverse)) {
      values += row.second;
    }
    return values;
  };
  EXPECT_EQ(keys("", ""), "1234");
  EXPECT_EQ(keys("b", ""), "234");
  EXPECT_EQ(keys("b", "c"), "23");
  EXPECT_EQ(keys("", "b"), "1");
  EXPECT_EQ(keys("bb", "bc"), "");
  EXPECT_EQ(keys("c", "a"), "");
  EXPECT_EQ(keys("", "", true), "4321");
  EXPECT_EQ(keys("b", "c", true), "32");
}

TEST_P(TableStoreContract, ScanStopsWhenTheVisitorHasEnough) {
  Apply(1, {{Table::kStock, "a", "1"}, {Table::kStock, "b", "2"}});
  int visited = 0;
  EXPECT_TRUE(tables()
                  .Snapshot()
                  ->Scan(Table::kStock, "", "",
                         [&visited](absl::string_view, absl::string_view) {
                           ++visited;
                           return false;
                         })
                  .ok());
  EXPECT_EQ(visited, 1);
}

TEST_P(TableStoreContract, SnapshotStaysAsItWas) {
  Apply(1, {{Table::kSkus, "a", "1"}});
  const auto snapshot = tables().Snapshot();
  Apply(2, {{Table::kSkus, "a", "2"}, {Table::kSkus, "b", "2"}});
  EXPECT_EQ(snapshot->position(), 1);
  EXPECT_THAT(snapshot->Get(Table::kSkus, "a").value(),
              Optional(std::string("1")));
  EXPECT_EQ(snapshot->Get(Table::kSkus, "b").value(), std::nullopt);
  EXPECT_THAT(ScanRows(*snapshot, Table::kSkus), ElementsAre(Pair("a", "1")));
  EXPECT_EQ(tables().Snapshot()->position(), 2);
}

TEST_P(TableStoreContract, WaitForReturnsWhenThePositionIsReached) {
  EXPECT_TRUE(tables().WaitFor(0, absl::ZeroDuration()));
  EXPECT_FALSE(tables().WaitFor(2, absl::ZeroDuration()));
  EXPECT_FALSE(tables().WaitFor(2, absl::Milliseconds(1)));
  bool reached = false;
  std::thread waiter(
      [&] { reached = tables().WaitFor(2, absl::InfiniteDuration()); });
  Apply(1, {});
  Apply(2, {});
  waiter.join();
  EXPECT_TRUE(reached);
}

TEST_P(TableStoreContract, SnapshotsNextToWritesAreOfOnePosition) {
  constexpr int kPositions = 300;
  std::atomic<bool> sound{true};
  std::thread reader([&] {
    for (domain::Position position = 0; position < kPositions;) {
      const auto snapshot = tables().Snapshot();
      position = snapshot->position();
      const std::string expected = position == 0 ? "" : absl::StrCat(position);
      for (const Table table : {Table::kItems, Table::kProducts}) {
        const auto value = snapshot->Get(table, "k");
        if (!value.ok() || value->value_or("") != expected) sound = false;
      }
    }
  });
  for (int i = 1; i <= kPositions; ++i) {
    Apply(i, {{Table::kItems, "k", absl::StrCat(i)},
              {Table::kProducts, "k", absl::StrCat(i)}});
  }
  reader.join();
  EXPECT_TRUE(sound);
}

}  // namespace qantara::store

#endif  // QANTARA_TESTS_STORE_TABLE_STORE_CONTRACT_H_
