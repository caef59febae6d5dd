#include "adapters/credentials/credential_source.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace qantara::adapters {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Form = CredentialOptions::Form;
using Place = CredentialOptions::Place;

constexpr char kVariable[] = "QANTARA_CREDENTIAL_SOURCE_TEST";

class CredentialSourceTest : public ::testing::Test {
 protected:
  void Write(const std::string& content) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << content;
  }

  absl::StatusOr<Credential> FromFile(Form form = Form::kApiKey) const {
    return CredentialSource({Place::kFile, path_, form}).Current();
  }

  const std::string path_ = ::testing::TempDir() + "/credential";
};

TEST_F(CredentialSourceTest, EachFormHasItsHeader) {
  setenv(kVariable, "k1", 1);
  const auto header = [](Form form) {
    const auto credential =
        CredentialSource({Place::kEnvironment, kVariable, form}).Current();
    return credential->header_name + ": " + credential->header_value;
  };
  EXPECT_EQ(header(Form::kApiKey), "API-KEY: k1");
  EXPECT_EQ(header(Form::kAuthorizationRaw), "Authorization: k1");
  EXPECT_EQ(header(Form::kBearer), "Authorization: Bearer k1");
}

TEST_F(CredentialSourceTest, OuterWhiteSpaceIsNoPartOfTheSecret) {
  Write(" k1\r\n\n");
  EXPECT_EQ(FromFile()->header_value, "k1");
  EXPECT_EQ(FromFile(Form::kBearer)->secret, "k1");
}

TEST_F(CredentialSourceTest, AReplacedFileCountsAtOnce) {
  Write("old1");
  CredentialSource source({Place::kFile, path_, Form::kApiKey});
  EXPECT_EQ(source.Current()->secret, "old1");
  Write("new1");
  EXPECT_EQ(source.Current()->secret, "new1");
  unlink(path_.c_str());
  EXPECT_FALSE(source.Current().ok());
  Write("new2");
  EXPECT_EQ(source.Current()->secret, "new2");
}

TEST_F(CredentialSourceTest, ARefusedKeyIsNotGivenOutUntilItIsReplaced) {
  Write("old1");
  CredentialSource source({Place::kFile, path_, Form::kApiKey});
  const Credential old = *source.Current();
  EXPECT_EQ(source.Check().state, CredentialStatus::State::kUsable);
  source.Refused(old);
  EXPECT_FALSE(source.Current().ok());
  EXPECT_EQ(source.Check().state, CredentialStatus::State::kNeeded);
  EXPECT_THAT(source.Check().detail, HasSubstr(path_));
  EXPECT_THAT(source.Check().detail, Not(HasSubstr("old1")));
  Write("new1");
  EXPECT_EQ(source.Check().state, CredentialStatus::State::kUsable);
  EXPECT_NE(source.Check().version, old.version);
  // An answer to the old one comes late.
  source.Refused(old);
  EXPECT_EQ(source.Current()->secret, "new1");
}

TEST_F(CredentialSourceTest, AFileWrittenAgainCountsAsReplaced) {
  Write("key1");
  CredentialSource source({Place::kFile, path_, Form::kApiKey});
  source.Refused(*source.Current());
  const std::string other = path_ + ".new";
  std::ofstream(other) << "key1";
  ASSERT_EQ(rename(other.c_str(), path_.c_str()), 0);
  EXPECT_TRUE(source.Current().ok());
}

TEST_F(CredentialSourceTest, ARefusedKeyMayBeTriedOnceMore) {
  Write("key1");
  CredentialSource source({Place::kFile, path_, Form::kApiKey});
  source.Refused(*source.Current());
  source.TryAgain();
  ASSERT_TRUE(source.Current().ok());
  source.Refused(*source.Current());
  EXPECT_FALSE(source.Current().ok());
}

TEST_F(CredentialSourceTest, ARefusedVariableAsksForARestart) {
  setenv(kVariable, "k1", 1);
  CredentialSource source({Place::kEnvironment, kVariable, Form::kApiKey});
  source.Refused(*source.Current());
  EXPECT_THAT(source.Check().detail, HasSubstr("restart the server"));
}

TEST_F(CredentialSourceTest, WhatIsMissingIsNamed) {
  const auto variable =
      CredentialSource(
          {Place::kEnvironment, "QANTARA_NO_SUCH_VARIABLE", Form::kApiKey})
          .Current();
  EXPECT_EQ(variable.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(variable.status().message(),
              HasSubstr("QANTARA_NO_SUCH_VARIABLE is not set"));

  unlink(path_.c_str());
  EXPECT_THAT(FromFile().status().message(), HasSubstr(path_));
}

TEST_F(CredentialSourceTest, WhatIsNoSecretIsRefusedWithoutShowingIt) {
  for (const std::string& content :
       {std::string(""), std::string(" \n"), std::string("k1\r\nX: y"),
        std::string("k1 k2"), std::string("k\0x", 3), std::string("مفتاح"),
        std::string(kMaxCredentialBytes + 1, 'k')}) {
    Write(content);
    const auto credential = FromFile();
    EXPECT_EQ(credential.status().code(),
              absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(credential.status().message(), Not(HasSubstr("k1")));
  }
}

TEST_F(CredentialSourceTest, WhatIsNoFileIsRefusedWithoutWaiting) {
  EXPECT_FALSE(
      CredentialSource({Place::kFile, ::testing::TempDir(), Form::kApiKey})
          .Current()
          .ok());
  const std::string pipe = ::testing::TempDir() + "/credential_pipe";
  unlink(pipe.c_str());
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_FALSE(
      CredentialSource({Place::kFile, pipe, Form::kApiKey}).Current().ok());
}

}  // namespace
}  // namespace qantara::adapters
