// docs/apis.md has one row for each operation of the catalogue, and what it says of the simulated clouds is
// so.
#include <gtest/gtest.h>

#include <map>

#include "core/cloud/catalog/catalog.hpp"
#include "core/ports/memory_host.hpp"
#include "core/sim/cloud.hpp"
#include "tests/support/crypto.hpp"
#include "tests/support/data.hpp"

namespace foyer {
namespace {

using Row = std::vector<std::string>;  // what for, decoded, commanded, simulated, page, headless

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' '), last = text.find_last_not_of(' ');
  return first == text.npos ? std::string() : std::string(text.substr(first, last - first + 1));
}

Row cells(std::string_view line) {
  Row out;
  while (line.starts_with('|')) {
    line.remove_prefix(1);
    const auto end = line.find('|');
    if (end == line.npos) break;
    out.push_back(trimmed(line.substr(0, end)));
    line.remove_prefix(end);
  }
  return out;
}

// Rows whose first cell is an operation's id in backquotes.
std::multimap<std::string, Row> rows() {
  const std::string text = test::read_file(std::string(FOYER_PROJECT_DIR) + "/docs/apis.md").value_or("");
  std::multimap<std::string, Row> out;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    Row row = cells(std::string_view(text).substr(at, end - at));
    at = end + 1;
    if (row.size() != 7 || !row[0].starts_with('`')) continue;
    std::string id = row[0].substr(1, row[0].size() - 2);
    row.erase(row.begin());
    out.emplace(std::move(id), std::move(row));
  }
  return out;
}

template <class Use>
void for_each_operation(const Use& use) {
  for (const catalog::Api& api : catalog::apis())
    for (const catalog::Operation& operation : api.operations) use(operation);
}

TEST(ApisDocument, HasOneRowForEachOperationAndNoOther) {
  const auto all = rows();
  std::size_t known = 0;
  for_each_operation([&](const catalog::Operation& operation) {
    EXPECT_EQ(all.count(std::string(operation.id)), 1u) << operation.id;
    ++known;
  });
  EXPECT_EQ(all.size(), known);
}

TEST(ApisDocument, EveryCellSaysYesOrWhyNot) {
  for (const auto& [id, row] : rows()) {
    SCOPED_TRACE(id);
    const catalog::Operation* operation = catalog::find(id);
    ASSERT_NE(operation, nullptr);
    EXPECT_EQ(row[0], operation->title);
    for (const std::string& cell : {row[1], row[2], row[3]})
      EXPECT_TRUE(cell == "yes" || (cell.starts_with("– ") && cell.size() > 12)) << cell;
    EXPECT_EQ(row[2] == "yes", operation->command != policy::CommandClass::read);
    EXPECT_TRUE(row[4] == "view" || row[4] == "console") << row[4];
    EXPECT_TRUE(row[5].starts_with('`')) << row[5];
  }
}

// A request without key and token: what the simulated clouds know is refused for that (401, 403), the rest is
// not there (404).
TEST(ApisDocument, WhatIsSimulatedIsThere) {
  MemoryHost memory(test::crypto());
  sim::Cloud cloud({memory.time, memory.random, test::crypto(), test::signer()});
  const auto all = rows();
  for_each_operation([&](const catalog::Operation& operation) {
    SCOPED_TRACE(operation.id);
    const auto row = all.find(std::string(operation.id));
    if (row == all.end()) return;
    catalog::Values values;
    for (const catalog::Parameter& one : operation.parameters) {
      if (!one.required) continue;
      std::string value(one.preset);
      if (!one.options.empty()) value = one.options.substr(0, one.options.find('|'));
      values.emplace_back(one.name, value.empty() ? "x" : value);
    }
    for (const catalog::Parameter& one : operation.parameters)
      if (!one.required && !one.needed_when.empty() && operation.id != "smarther.set")
        values.emplace_back(one.name, one.preset);
    if (operation.id == "smarther.set") values.emplace_back("program", "0");
    const auto call = make_call(operation, values);
    ASSERT_TRUE(call) << call.error().message;
    const std::string root = operation.api() == "netatmo" ? "/cloud/netatmo" : "/cloud/api";
    auto task = cloud.handle({.method = call->method, .target = root + call->path, .body = call->body});
    task.start();
    const int status = task.take().status;
    if (row->second[3] == "yes") EXPECT_TRUE(status == 401 || status == 403) << status;
    // Commands of Netatmo Connect share one address, which is there whatever they set.
    if (row->second[3] != "yes" && call->path != "/api/setstate") EXPECT_EQ(status, 404);
  });
}

}  // namespace
}  // namespace foyer
