#include <algorithm>

#include "core/base/ascii.hpp"
#include "core/base/base64url.hpp"
#include "core/base/json.hpp"
#include "core/sim/state/parts.hpp"

namespace foyer::sim {
namespace {

std::string two(Ms value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string captive_portal() {
  return "<!doctype html><html lang=\"en\"><head><title>Welcome</title></head><body><h1>Free Wi-Fi</h1>"
         "<p>Accept the terms to go online.</p></body></html>";
}

// What a host answers by itself when it is out of order, by path.
Response outage(const State& state, const Call& call, int status, int code) {
  if (call.path.starts_with("/cloud/netatmo/oauth2/"))
    return json_answer(status,
                       status < 500 ? R"({"error":"invalid_grant"})" : R"({"error":"too_many_connections"})");
  if (call.path.starts_with("/cloud/netatmo/")) return net_documented_error(status, code);
  if (!call.path.starts_with("/cloud/oauth/")) return documented_error(state, status);
  if (status == 429)
    return json_answer(429, R"({"message":"Rate limit is exceeded. Try again in 20 seconds."})");
  if (status >= 500) return json_answer(status, R"({"message":"Internal error","code":1})");
  if (status == 401)
    return oauth_error(
        401, "invalid_client",
        "AADB2C90081: The specified client_secret does not match the expected value for this client. "
        "Please correct the client_secret and try again.",
        call.now);
  return oauth_error(
      status, "invalid_grant",
      "AADB2C90085: The service has encountered an internal error. Please reauthenticate and try again.",
      call.now);
}

Response key_error(const State& state, bool missing) {
  Response out = gateway_error(
      state, 401,
      missing
          ? "Access denied due to missing subscription key. Make sure to include subscription key when "
            "making "
            "requests to an API."
          : "Access denied due to invalid subscription key. Make sure to provide a valid key for an active "
            "subscription.");
  out.headers.push_back({"WWW-Authenticate",
                         "AzureApiManagementKey realm=\"https://api.developer.legrand.com\",name=\"Ocp-Apim-"
                         "Subscription-Key\",type=\"header\""});
  return out;
}

Response faulty_body(const State& state, const Call& call, const Fault& fault, Response real) {
  const int status = fault.status == 0 ? 200 : fault.status;
  const std::string& body = fault.body;
  if (fault.literal) return json_answer(status, fault.text);
  if (body == "empty") return plain_answer(status, "application/json", "");
  if (body == "html") return plain_answer(status, "text/html; charset=utf-8", captive_portal());
  if (body == "not-json") return json_answer(status, "{\"plants\": [ oops");
  if (body == "huge") return json_answer(status, "{\"plants\":\"" + std::string(10U << 20, 'x') + "\"}");
  if (body == "truncated") {
    real.body.resize(real.body.size() / 2);
    if (real.body.empty()) real.body = "{\"";
    real.status = status;
    return real;
  }
  if (body == "quota") {
    Response out = quota_refusal(state, call.now);
    if (fault.status != 0) out.status = status;
    return out;
  }
  if (body == "rate") return rate_refusal(state, 26);
  if (body == "expired") return expired_token(state);
  if (body == "key-missing" || body == "key-invalid") return key_error(state, body == "key-missing");
  if (body == "gateway-offline") return gateway_error(state, 404, "Gateway Offline");
  if (body == "permission") return gateway_error(state, 403, "Forbidden");
  if (fault.status == 0) return real;
  return outage(state, call, status, fault.code);
}

}  // namespace

std::string Call::header(std::string_view name) const {
  for (const Header& header : request.headers)
    if (same_letters(header.name, name)) return header.value;
  return {};
}

std::string value_of(const Fields& fields, std::string_view name) {
  for (const auto& [key, value] : fields)
    if (key == name) return value;
  return {};
}

Response plain_answer(int status, std::string type, std::string body) {
  return {.status = status,
          .headers = {{"Content-Type", std::move(type)}, {"Cache-Control", "no-store"}},
          .body = std::move(body)};
}

Response json_answer(int status, std::string body) {
  return plain_answer(status, "application/json; charset=utf-8", std::move(body));
}

Response gateway_error(const State& state, int status, std::string_view message) {
  Json body = Json::object();
  if (state.switches.code_as == "string")
    body["statusCode"] = std::to_string(status);
  else
    body["statusCode"] = status;
  body["message"] = message;
  return json_answer(status, dump_json(body));
}

std::string_view documented_message(int status) {
  switch (status) {
    case 400:
      return "Bad request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Resource not found";
    case 406:
      return "Not acceptable";
    case 408:
      return "Request timeout";
    case 409:
      return "Subscription already exists";
    case 429:
      return "Rate limit is exceeded. Try again in 26 seconds.";
    case 430:
      return "Wrong input parameters";
    case 469:
      return "The password of the Thermostat official app has expired. Please renew it through the "
             "Thermostat "
             "official app.";
    case 470:
      return "The terms and conditions of the Thermostat official app have expired. Please accept them "
             "through the "
             "Thermostat official app.";
    case 486:
      return "Busy visual user interface";
    case 500:
      return "Server internal error";
    case 502:
      return "Bad gateway";
    case 503:
      return "Service unavailable";
    case 504:
      return "Gateway timeout";
    default:
      return "";
  }
}

Response documented_error(const State& state, int status) {
  if (status < 300) return json_answer(status, "{}");
  return gateway_error(state, status, documented_message(status));
}

Response quota_refusal(const State& state, Ms now) {
  const Ms left = (day - now % day) / second;
  Response out = gateway_error(state, state.switches.quota_status,
                               "Out of call volume quota. Quota will be replenished in " + two(left / 3600) +
                                   ':' + two(left / 60 % 60) + ':' + two(left % 60) + '.');
  out.headers.push_back({"Retry-After", std::to_string(left)});
  return out;
}

Response rate_refusal(const State& state, int seconds) {
  const std::string count = std::to_string(seconds);
  Response out = gateway_error(state, 429, "Rate limit is exceeded. Try again in " + count + " seconds.");
  out.headers.push_back({"Retry-After", count});
  return out;
}

Response expired_token(const State& state) {
  if (state.switches.expired_shape == "B")
    return json_answer(401, R"({"message":"The access token expired","code":11})");
  return gateway_error(state, 401, "Unauthorized. The access token expired.");
}

Response faulty(const State& state, const Call& call, const Fault& fault, Response real) {
  Response out = faulty_body(state, call, fault, std::move(real));
  if (fault.retry_after >= 0) {
    std::erase_if(out.headers, [](const Header& h) { return h.name == "Retry-After"; });
    out.headers.push_back({"Retry-After", std::to_string(fault.retry_after)});
  }
  out.drop = fault.drop;
  out.delay += Millis(fault.delay);
  return out;
}

Response oauth_error(int status, std::string_view error, std::string_view description, Ms now) {
  const Json body = {
      {"error", error},
      {"error_description", std::string(description) +
                                "\r\nCorrelation ID: 00000000-0000-4000-8000-00000000c0de\r\nTimestamp: " +
                                to_iso8601(instant_from_ms(now)) + "\r\n"}};
  return json_answer(status, dump_json(body));
}

std::string hex_of(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    out.push_back(digits[static_cast<unsigned char>(c) >> 4U]);
    out.push_back(digits[static_cast<unsigned char>(c) & 15U]);
  }
  return out;
}

Task<std::string> key_of(const Core& core, std::string text) {
  const auto digest = co_await core.ports.crypto.sha256(std::move(text));
  co_return digest ? base64url_encode(*digest) : std::string();
}

}  // namespace foyer::sim
