// Prints the lines of one package for tools/update_goldens:
//
//   describe_package DESCRIPTOR_SET PACKAGE
#include <cstdio>

#include "tests/proto/descriptor_set.h"
#include "tests/proto/descriptor_text.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: describe_package DESCRIPTOR_SET PACKAGE\n");
    return 2;
  }
  const auto set = qantara::tests::DescriptorSet::Read(argv[1]);
  if (!set.ok()) {
    std::fprintf(stderr, "%s\n", set.status().ToString().c_str());
    return 1;
  }
  for (const auto* file : set->FilesOf(argv[2])) {
    std::printf("file %s\n", file->name().c_str());
    for (const auto& line : qantara::tests::DescribeFile(*file)) {
      std::printf("%s\n", line.c_str());
    }
  }
  return 0;
}
