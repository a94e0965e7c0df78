// A visitor of the simulated Netatmo cloud.
#pragma once

#include "tests/sim/world.hpp"

namespace foyer::sim::test {

inline constexpr const char* belle = "5f0e0000000000000a11ce01";
inline constexpr const char* bruno_home = "5f0e00000000000000b50001";
inline constexpr const char* all_scopes =
    "read_magellan write_magellan read_bubendorff write_bubendorff read_smarther write_smarther "
    "read_thermostat "
    "write_thermostat read_mx write_mx read_mhs1 write_mhs1 read_station read_camera";

class NetWorld : public World {
 public:
  static std::string net_authorize(const std::string& scope = all_scopes,
                                   const std::string& client = "foyer-demo") {
    return "/cloud/netatmo/oauth2/authorize?" +
           form_encode(
               {{"client_id", client}, {"redirect_uri", redirect}, {"scope", scope}, {"state", "s-1"}});
  }
  Response net_consent(const std::string& user, const std::string& decision, const std::string& target) {
    const Response page = get(target);
    const std::string mark = "name=\"tx\" value=\"";
    const auto at = page.body.find(mark);
    if (at == std::string::npos) return page;
    const auto end = page.body.find('"', at + mark.size());
    const std::string tx = page.body.substr(at + mark.size(), end - at - mark.size());
    const Response chosen = form("/cloud/netatmo/oauth2/login", {{"tx", tx}, {"user", user}});
    EXPECT_EQ(header(chosen, "Location"), "http://localhost:8080/cloud/netatmo/oauth2/consent?tx=" + tx);
    EXPECT_EQ(get("/cloud/netatmo/oauth2/consent?tx=" + tx).status, 200);
    return form("/cloud/netatmo/oauth2/consent", {{"tx", tx}, {"decision", decision}});
  }
  Response net_exchange(const std::string& code, const Fields& more = {},
                        const std::string& client = "foyer-demo") {
    Fields fields{{"grant_type", "authorization_code"},
                  {"client_id", client},
                  {"code", code},
                  {"redirect_uri", redirect}};
    fields.insert(fields.end(), more.begin(), more.end());
    return form("/cloud/netatmo/oauth2/token", fields);
  }
  Response net_refresh(const std::string& token) {
    return form("/cloud/netatmo/oauth2/token",
                {{"grant_type", "refresh_token"}, {"client_id", "foyer-demo"}, {"refresh_token", token}});
  }
  Json net_sign_in(const std::string& user = "alice", const std::string& scope = all_scopes) {
    const Json tokens =
        json(net_exchange(parameter(net_consent(user, "accept", net_authorize(scope)), "code")));
    access = text_of(tokens, "access_token").value_or("");
    return tokens;
  }
  // GET with query fields.
  Response net(const std::string& method, const Fields& fields = {}) {
    return send("GET", "/cloud/netatmo/api/" + method + (fields.empty() ? "" : "?" + form_encode(fields)),
                bearer());
  }
  Response net_form(const std::string& method, const Fields& fields) {
    auto headers = bearer();
    headers.push_back({"content-type", "application/x-www-form-urlencoded;charset=UTF-8"});
    return send("POST", "/cloud/netatmo/api/" + method, headers, form_encode(fields));
  }
  Response net_json(const std::string& method, const std::string& body) {
    auto headers = bearer();
    headers.push_back({"content-type", "application/json"});
    return send("POST", "/cloud/netatmo/api/" + method, headers, body);
  }
  Response set_module(const std::string& id, const std::string& properties, const std::string& home = belle) {
    return net_json("setstate", R"({"home":{"id":")" + home + R"(","modules":[{"id":")" + id + "\"," +
                                    properties + "}]}}");
  }
  Response set_room(const std::string& id, const std::string& properties, const std::string& home = belle) {
    return net_json("setstate",
                    R"({"home":{"id":")" + home + R"(","rooms":[{"id":")" + id + "\"," + properties + "}]}}");
  }
  Json home_data(const std::string& home = belle) {
    return json(net("homesdata", {{"home_id", home}}))["body"]["homes"][0];
  }
  Json home_status(const std::string& home = belle) {
    return json(net("homestatus", {{"home_id", home}}))["body"]["home"];
  }
  // The entry with that id in a list, or null.
  static Json entry(const Json& list, const std::string& id) {
    for (const Json& item : list)
      if (text_of(item, "id") == id) return item;
    return {};
  }
  Json module_status(const std::string& id, const std::string& home = belle) {
    return entry(home_status(home)["modules"], id);
  }
  Json room_status(const std::string& id, const std::string& home = belle) {
    return entry(home_status(home)["rooms"], id);
  }
  std::string module_named(const std::string& name, const std::string& home = belle) {
    for (const Json& item : home_data(home)["modules"])
      if (text_of(item, "name") == name) return text_of(item, "id").value_or("");
    return {};
  }
  std::string room_named(const std::string& name, const std::string& home = belle) {
    for (const Json& item : home_data(home)["rooms"])
      if (text_of(item, "name") == name) return text_of(item, "id").value_or("");
    return {};
  }
  static int code(const Response& response) {
    const Json body = json(response);
    const Json* error = find(body, "error");
    return error == nullptr ? 0 : static_cast<int>(integer_of(*error, "code").value_or(-1));
  }
  static std::string said(const Response& response) {
    return text_of(json(response)["error"], "message").value_or("");
  }
  void settle() { time.advance(Seconds(3)); }

 private:
  std::vector<Header> bearer() const {
    return access.empty() ? std::vector<Header>{}
                          : std::vector<Header>{{"Authorization", "Bearer " + access}};
  }
};

}  // namespace foyer::sim::test
