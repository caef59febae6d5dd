#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "tests/tools/cli/command_line.h"

namespace qantara::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class ImportCommandTest : public CommandLineTest {
 protected:
  static std::string Catalog(int lines) {
    std::string text = "sku,name_en,name_ar,selling_price\n";
    for (int i = 1; i <= lines; ++i) {
      absl::StrAppend(&text, "S", i, ",\" name\n", i, "\",اسم,", i, ".50\n");
    }
    return text;
  }

  FakeCatalog::Stored Only() {
    const auto ids = server_.catalog.ImportIds();
    return ids.empty() ? FakeCatalog::Stored() : server_.catalog.Get(ids[0]);
  }
};

TEST_F(ImportCommandTest, EveryLineArrivesOnceAndByteForByte) {
  EXPECT_EQ(Run({"import", File("a.csv", Catalog(250))}), 0) << err();
  const auto stored = Only();
  ASSERT_THAT(stored.lines, SizeIs(250));
  EXPECT_EQ(stored.most_lines_in_batch, 100u);
  EXPECT_EQ(stored.header.connection(), "riyadh-store");
  EXPECT_EQ(stored.header.source_name(), "a.csv");
  const v1::Product& last = stored.lines[249].product();
  EXPECT_EQ(last.sku(), "S250");
  EXPECT_EQ(last.name_en(), " name\n250");
  EXPECT_EQ(last.name_ar(), "اسم");
  EXPECT_EQ(last.selling_price(), "250.50");
  EXPECT_FALSE(last.has_buying_price());
  EXPECT_THAT(out(), HasSubstr("FINISHED, all well"));
  EXPECT_THAT(err(), HasSubstr("250 lines of a.csv with sku, name_en, name_ar, "
                               "selling_price"));
}

TEST_F(ImportCommandTest, APlanIsShownAndNothingIsSent) {
  EXPECT_EQ(Run({"import", File("a.csv", Catalog(3)), "--plan"}), 0) << err();
  EXPECT_THAT(server_.catalog.ImportIds(), SizeIs(0));
  EXPECT_THAT(err(), HasSubstr("3 lines of a.csv with sku, name_en, name_ar, "
                               "selling_price"));
}

TEST_F(ImportCommandTest, InvalidLinesAreListedAndTheExitCodeIsOne) {
  const std::string path = File("b.csv", "sku,name,price\nA,a,1\nB,b,\nC,c,\n");
  EXPECT_EQ(Run({"import", path}), 1) << err();
  EXPECT_THAT(out(), HasSubstr("INVALID   line 2  sku \"B\"  "
                               "product.selling_price: is blank "
                               "[PRICE_INVALID]\n"));
  EXPECT_THAT(out(), HasSubstr("line 3"));
  EXPECT_EQ(Run({"import", path, "--blank-price=omit"}), 0) << err();
}

TEST_F(ImportCommandTest, AnImportGoesOnWhereTheStreamBroke) {
  server_.catalog.break_at = {1, 77, 200, 250};
  EXPECT_EQ(Run({"import", File("c.csv", Catalog(250))}), 0) << err();
  EXPECT_THAT(server_.catalog.ImportIds(), SizeIs(1));
  EXPECT_THAT(Only().lines, SizeIs(250));
  EXPECT_EQ(Only().opened, 5);
  EXPECT_THAT(err(), HasSubstr("the server is gone, trying again"));
}

TEST_F(ImportCommandTest, AnImportOutlivesARestartOfTheServer) {
  server_.catalog.hold = true;
  std::thread operator_of_server([&] {
    server_.catalog.WaitUntilHeld();
    server_.Restart([&] { server_.catalog.Release(); });
  });
  EXPECT_EQ(Run({"import", File("r.csv", Catalog(3))}), 0) << err();
  operator_of_server.join();
  EXPECT_THAT(server_.catalog.ImportIds(), SizeIs(1));
  EXPECT_THAT(Only().lines, SizeIs(3));
  EXPECT_EQ(Only().opened, 2);
}

TEST_F(ImportCommandTest, WithoutRetriesALostServerIsExitCodeThree) {
  server_.catalog.break_at = {120};
  const std::string path = File("d.csv", Catalog(250));
  EXPECT_EQ(Run({"import", path, "--retry_for=0"}), 3);
  EXPECT_THAT(err(), HasSubstr("100 of 250 lines are on the server"));
  // The same command later goes on.
  EXPECT_EQ(Run({"import", path}), 0) << err();
  EXPECT_THAT(server_.catalog.ImportIds(), SizeIs(1));
  EXPECT_THAT(Only().lines, SizeIs(250));
}

TEST_F(ImportCommandTest, AFinishedImportIsDoneAgainUnderANewName) {
  const std::string path = File("e.csv", Catalog(3));
  EXPECT_EQ(Run({"import", path}), 0);
  EXPECT_EQ(Run({"import", path}), 0);
  EXPECT_EQ(Run({"import", path}), 0);
  const auto ids = server_.catalog.ImportIds();
  ASSERT_THAT(ids, SizeIs(3));
  EXPECT_EQ(ids[1], ids[0] + "-2");
  EXPECT_EQ(ids[2], ids[0] + "-3");
}

TEST_F(ImportCommandTest, CtrlCDetachesAndTheImportGoesOn) {
  server_.catalog.hold = true;
  std::thread user([&] {
    server_.catalog.WaitUntilHeld();
    interruption_.Trigger();
  });
  EXPECT_EQ(Run({"import", File("f.csv", Catalog(3))}), 0) << err();
  user.join();
  EXPECT_THAT(err(), HasSubstr("detached; "));
  EXPECT_THAT(err(), HasSubstr("qantara import watch "));
  EXPECT_THAT(Only().lines, SizeIs(3));
}

TEST_F(ImportCommandTest, DetachLeavesWhenTheServerHasEveryLine) {
  server_.catalog.hold = true;
  EXPECT_EQ(Run({"import", "--detach", File("g.csv", Catalog(3))}), 0);
  EXPECT_TRUE(Only().ended);
  EXPECT_THAT(err(), HasSubstr("the import goes on"));
}

TEST_F(ImportCommandTest, MissingCredentialsAreExitCodeFour) {
  server_.catalog.connection_state = v1::CONNECTION_STATE_NEEDS_CREDENTIALS;
  server_.catalog.hold = true;
  EXPECT_EQ(Run({"import", File("h.csv", Catalog(3))}), 4);
  EXPECT_THAT(err(), HasSubstr("(CREDENTIALS_NEEDED; try: qantara status)\n"));
  EXPECT_THAT(err(), HasSubstr("the import goes on"));
}

TEST_F(ImportCommandTest, ARefusedImportIsNotTriedAgain) {
  server_.catalog.refusal =
      grpc::Status(grpc::StatusCode::ALREADY_EXISTS, "another header");
  EXPECT_EQ(Run({"import", File("i.csv", Catalog(3))}), 1);
  EXPECT_THAT(err(), HasSubstr("another header"));
  EXPECT_THAT(err(), Not(HasSubstr("trying again")));
}

TEST_F(ImportCommandTest, AMalformedFileIsRefusedBeforeAnythingIsSent) {
  EXPECT_EQ(Run({"import", File("j.csv", "sku,name\nA,a\n\"B\n")}), 2);
  EXPECT_THAT(err(), HasSubstr("row 2, line 4: the file ends inside a quote"));
  EXPECT_EQ(Run({"import", File("k.csv", "sku,type\nA,variable\n")}), 2);
  EXPECT_THAT(err(), HasSubstr("row 1, type: \"variable\" is none of"));
  EXPECT_EQ(Run({"import", "/nowhere.csv"}), 2);
  EXPECT_EQ(Run({"import", ::testing::TempDir()}), 2);
  EXPECT_THAT(server_.catalog.ImportIds(), SizeIs(0));
}

TEST_F(ImportCommandTest, AnEmptyCatalogIsNoImport) {
  EXPECT_EQ(Run({"import", File("m.csv", "sku,name\n")}), 0);
  EXPECT_THAT(server_.catalog.ImportIds(), SizeIs(0));
}

TEST_F(ImportCommandTest, JsonGoesToStandardOutput) {
  EXPECT_EQ(Run({"--json", "import",
                 File("n.jsonl", "{\"sku\":\"A\",\"price\":\"\"}\n")}),
            1);
  EXPECT_THAT(out(), HasSubstr("{\"item\":{\"line\":1,\"sku\":\"A\""));
  EXPECT_THAT(out(), HasSubstr("\n{\"summary\":{\"connection\":"));
  EXPECT_THAT(err(), HasSubstr("{\"progress\":{"));
}

TEST_F(ImportCommandTest, ImportsAreListedShownAndWatched) {
  EXPECT_EQ(Run({"import", File("o.csv", "sku,price\nA,1\nB,\n")}), 1);
  const std::string id = server_.catalog.ImportIds()[0];
  EXPECT_EQ(Run({"imports"}), 0);
  EXPECT_THAT(out(), HasSubstr(id));
  EXPECT_EQ(Run({"import", "show", id}), 1);
  EXPECT_THAT(out(), HasSubstr("with problems"));
  EXPECT_EQ(Run({"import", "watch", id}), 1);
  EXPECT_THAT(out(), HasSubstr("with problems"));
  EXPECT_EQ(Run({"import", "items", id}), 0);
  EXPECT_THAT(out(), HasSubstr("CREATED   line 1"));
  EXPECT_THAT(out(), HasSubstr("INVALID   line 2"));
  EXPECT_EQ(Run({"import", "items", "--state=problems", id}), 0);
  EXPECT_THAT(out(), Not(HasSubstr("line 1 ")));
  EXPECT_EQ(Run({"import", "items", id, "--state", "sideways"}), 2);
  EXPECT_EQ(Run({"import", "show", "nothing"}), 2);
}

TEST_F(ImportCommandTest, AServerThatIsNotThereIsExitCodeThree) {
  EXPECT_EQ(Run({"import", File("p.csv", Catalog(1)), "--server", "127.0.0.1:1",
                 "--connect_timeout", "0"}),
            3);
  EXPECT_THAT(err(), HasSubstr("--server HOST:PORT"));
}

}  // namespace
}  // namespace qantara::tools
