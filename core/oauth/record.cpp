#include "core/oauth/record.hpp"

#include <algorithm>

#include "core/base/json_view.hpp"
#include "core/base/json_writer.hpp"
#include "core/oauth/authorization.hpp"
#include "core/oauth/text.hpp"

namespace foyer::oauth {
namespace {

constexpr std::size_t largest = 256U << 10;
constexpr std::string_view names[] = {"never",          "by_user",       "expired",
                                      "revoked",        "scope_changed", "storage_lost",
                                      "secret_expired", "denied",        "lost_reply"};

std::unexpected<Error> unusable() {
  return fail(ErrorKind::storage, "S2", "The stored sign-in can't be read. Please sign in again.");
}

std::optional<SignedOutBecause> because_from(std::string_view name) {
  const auto* at = std::ranges::find(names, name);
  if (at == std::end(names)) return std::nullopt;
  return static_cast<SignedOutBecause>(at - std::begin(names));
}

// Times beyond ±2^48 ms are of no clock of ours and would overflow sums.
std::optional<long long> milliseconds(JsonView json, std::string_view name) {
  const auto value = json.find(name).integer();
  if (!value || *value > 1LL << 48 || *value < -(1LL << 48)) return std::nullopt;
  return value;
}

std::optional<Instant> instant_of(JsonView json, std::string_view name) {
  const auto value = milliseconds(json, name);
  return value ? std::optional(instant_from_ms(*value)) : std::nullopt;
}

// Without the closing brace.
std::string plain_part(const Record& record) {
  JsonWriter json;
  json.object()
      .integer("schema", 1)
      .integer("generation", static_cast<long long>(record.generation))
      .text("issuer", record.issuer)
      .text("client_id", record.client_id)
      .text("name", record.name)
      .text("requested", join_scopes(record.requested))
      .text("scopes", join_scopes(record.scopes))
      .integer("received", to_ms(record.received))
      .integer("lifetime", record.lifetime.count());
  if (record.ended) json.text("ended", to_string(*record.ended));
  if (record.refresh_expires) json.integer("refresh_expires", to_ms(*record.refresh_expires));
  if (record.refresh_issued) json.integer("refresh_issued", to_ms(*record.refresh_issued));
  if (record.refresh_started) json.integer("refresh_started", to_ms(*record.refresh_started));
  if (record.identity) {
    json.object("identity")
        .text("iss", record.identity->issuer)
        .text("sub", record.identity->subject)
        .list("aud");
    for (const std::string& one : record.identity->audience) json.text({}, one);
    json.end_list();
    if (record.identity->authorized_party) json.text("azp", *record.identity->authorized_party);
    if (record.identity->auth_time)
      json.integer("auth_time", static_cast<long long>(*record.identity->auth_time));
    json.end_object();
  }
  return json.take();
}

Result<Identity> read_identity(JsonView json, const SecretText& nonce) {
  Identity identity{.issuer = text_of(json, "iss"),
                    .subject = text_of(json, "sub"),
                    .authorized_party = json.find("azp").text(),
                    .nonce = nonce,
                    .auth_time = json.find("auth_time").number()};
  const JsonView audience = json.find("aud");
  if (!(audience.is_array() || audience.is_nothing()) || identity.subject.empty()) return unusable();
  for (const JsonView one : audience.elements()) {
    if (!one.is_string()) return unusable();
    identity.audience.push_back(*one.text());
  }
  return identity;
}

}  // namespace

std::string_view to_string(SignedOutBecause because) { return names[static_cast<std::size_t>(because)]; }

SecretText to_secret(const Record& record) {
  const std::string plain = plain_part(record);
  const auto size = [](const SecretText& secret) { return 2 * secret.expose().size(); };
  SecretWriter writer(plain.size() + size(record.nonce) + size(record.access_token) +
                      size(record.refresh_token) + 80);
  writer.raw(plain);
  writer.json("nonce", record.nonce.expose());
  writer.json("access_token", record.access_token.expose());
  writer.json("refresh_token", record.refresh_token.expose());
  writer.raw("}");
  return writer.take();
}

Result<Record> record_from_secret(const SecretText& text) {
  const auto parsed = JsonText::parse(text.expose(), largest, Repeated::refused);
  if (!parsed || !parsed->root().is_object()) return unusable();
  const JsonView json = parsed->root();
  Record record;
  record.nonce = secret_of(json, "nonce");
  record.access_token = secret_of(json, "access_token");
  record.refresh_token = secret_of(json, "refresh_token");
  const auto generation = json.find("generation").integer();
  const auto received = instant_of(json, "received");
  const auto lifetime = milliseconds(json, "lifetime");
  if (json.find("schema").integer() != 1 || !generation || *generation < 0 || !received || !lifetime ||
      *lifetime < 0)
    return unusable();
  record.generation = static_cast<std::uint64_t>(*generation);
  if (const auto ended = json.find("ended").text()) {
    record.ended = because_from(*ended);
    if (!record.ended) return unusable();
    return record;
  }
  if (record.access_token.empty()) return unusable();
  record.issuer = text_of(json, "issuer");
  record.client_id = text_of(json, "client_id");
  record.name = text_of(json, "name");
  record.requested = split_scopes(text_of(json, "requested"));
  record.scopes = split_scopes(text_of(json, "scopes"));
  record.received = *received;
  record.lifetime = Millis(*lifetime);
  record.refresh_expires = instant_of(json, "refresh_expires");
  record.refresh_issued = instant_of(json, "refresh_issued");
  record.refresh_started = instant_of(json, "refresh_started");
  if (const JsonView identity = json.find("identity"); identity.type() != JsonType::missing) {
    auto read = read_identity(identity, record.nonce);
    if (!read) return std::unexpected(read.error());
    record.identity = std::move(*read);
  }
  return record;
}

Millis left_by_wall(const Record& record, Instant now) {
  if (now < record.received) return Millis(0);
  return std::max<Millis>(record.lifetime - (now - record.received), Millis(0));
}

std::optional<Instant> warn_from(const Record& record) {
  if (!record.refresh_issued || !record.refresh_expires) return std::nullopt;
  return *record.refresh_issued + (*record.refresh_expires - *record.refresh_issued) * 8 / 9;
}

Millis refresh_threshold(Millis lifetime) {
  return std::min<Millis>(std::max<Millis>(Minutes(5), lifetime / 10), lifetime / 2);
}

std::vector<std::string> missing_scopes(const Record& record) {
  constexpr std::string_view steering[] = {"openid", "offline_access", "profile", "email"};
  std::vector<std::string> missing;
  for (const std::string& scope : record.requested)
    if (!contains(record.scopes, scope) && std::ranges::find(steering, scope) == std::end(steering))
      missing.push_back(scope);
  return missing;
}

}  // namespace foyer::oauth
