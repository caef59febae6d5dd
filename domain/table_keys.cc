#include "domain/table_keys.h"

namespace qantara::domain {
namespace {

void AppendText(absl::string_view text, std::string* key) {
  size_t zero = 0;
  while ((zero = text.find('\0')) != absl::string_view::npos) {
    key->append(text.data(), zero + 1);
    key->push_back('\xff');
    text.remove_prefix(zero + 1);
  }
  key->append(text.data(), text.size());
  key->push_back('\0');
  key->push_back('\x01');
}

void AppendNumber(uint64_t number, int bytes, std::string* key) {
  for (int i = bytes - 1; i >= 0; --i) {
    key->push_back(static_cast<char>(number >> (8 * i)));
  }
}

uint64_t ReadNumber(absl::string_view bytes) {
  uint64_t number = 0;
  for (const char c : bytes) number = number << 8 | static_cast<uint8_t>(c);
  return number;
}

// Takes one text from the front of `key`.
std::string TakeText(absl::string_view* key) {
  std::string text;
  for (size_t i = 0; i + 1 < key->size(); ++i) {
    if ((*key)[i] != '\0') {
      text.push_back((*key)[i]);
    } else if ((*key)[i + 1] == '\x01') {
      key->remove_prefix(i + 2);
      return text;
    } else {
      text.push_back('\0');
      ++i;
    }
  }
  *key = {};
  return {};
}

}  // namespace

std::string TextKey(absl::string_view first) {
  std::string key;
  AppendText(first, &key);
  return key;
}

std::string TextKey(absl::string_view first, absl::string_view second) {
  std::string key;
  key.reserve(first.size() + second.size() + 4);
  AppendText(first, &key);
  AppendText(second, &key);
  return key;
}

std::string TextKey(absl::string_view first, absl::string_view second,
                    absl::string_view third) {
  std::string key = TextKey(first, second);
  AppendText(third, &key);
  return key;
}

std::string NumberKey(absl::string_view first, uint64_t number) {
  std::string key;
  key.reserve(first.size() + 10);
  AppendText(first, &key);
  AppendNumber(number, 8, &key);
  return key;
}

std::string ItemKey(absl::string_view connection, absl::string_view import_id,
                    uint32_t line) {
  std::string key;
  key.reserve(connection.size() + import_id.size() + 8);
  AppendText(connection, &key);
  AppendText(import_id, &key);
  AppendNumber(line, 4, &key);
  return key;
}

std::string TimeKey(absl::string_view connection, uint64_t position,
                    absl::string_view import_id) {
  std::string key = NumberKey(connection, position);
  AppendText(import_id, &key);
  return key;
}

uint64_t NumberOf(absl::string_view number_key) {
  if (number_key.size() < 8) return 0;
  return ReadNumber(number_key.substr(number_key.size() - 8));
}

uint32_t LineOfItemKey(absl::string_view item_key) {
  if (item_key.size() < 4) return 0;
  return static_cast<uint32_t>(
      ReadNumber(item_key.substr(item_key.size() - 4)));
}

std::string SecondText(absl::string_view text_key) {
  TakeText(&text_key);
  return TakeText(&text_key);
}

std::string ThirdText(absl::string_view text_key) {
  TakeText(&text_key);
  TakeText(&text_key);
  return TakeText(&text_key);
}

std::string ImportIdOfTimeKey(absl::string_view time_key) {
  TakeText(&time_key);
  if (time_key.size() < 8) return {};
  time_key.remove_prefix(8);
  return TakeText(&time_key);
}

std::string PrefixEnd(absl::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(end.back() + 1);
  return end;
}

}  // namespace qantara::domain
