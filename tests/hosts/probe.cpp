#include "tests/hosts/probe.hpp"

#include <cstdio>

#include "core/base/base64url.hpp"
#include "core/base/json.hpp"

namespace foyer::test {
namespace {

struct Report {
  int& failures;
  void operator()(bool right, const char* name) const {
    std::printf("%s %s\n", right ? "ok" : "not ok", name);
    if (!right) ++failures;
  }
};

HttpRequest get(std::string url) {
  HttpRequest request;
  request.url = std::move(url);
  return request;
}

template <class T>
bool absent(const Result<std::optional<T>>& loaded) {
  return loaded && !*loaded;
}

bool holds(const Result<std::optional<std::string>>& loaded, std::string_view text) {
  return loaded && *loaded && **loaded == text;
}

Task<void> probe_time(Host& host, const Report& check) {
  const Steady before = host.clock.steady();
  const Instant wall = host.clock.now();
  co_await host.timers.sleep(Millis(60));
  const Millis passed = host.clock.steady() - before;
  check(passed >= Millis(55) && passed < Seconds(5), "a sleep lasts at least its delay");
  check(host.clock.now() > wall && wall > instant_from_ms(1'700'000'000'000),
        "the wall clock tells the present");
  const Minutes offset = host.clock.utc_offset(wall);
  check(offset >= Hours(-12) && offset <= Hours(14), "the local offset is one that exists");

  bool woke = false;
  {
    TaskScope scope;
    scope.spawn([](Timers& timers, bool& flag) -> Task<void> {
      co_await timers.sleep(Millis(10));
      flag = true;
    }(host.timers, woke));
  }
  co_await host.timers.sleep(Millis(30));
  check(!woke, "a dropped sleep never wakes");
}

Task<void> probe_crypto(Host& host, Signer& signer, const Report& check) {
  const auto some = host.random.bytes(32), other = host.random.bytes(32), many = host.random.bytes(70000);
  check(some && other && some->size() == 32 && *some != *other, "random bytes differ each time");
  check(many && many->size() == 70000, "more random bytes than one call of WebCrypto gives");
  const auto hash = co_await host.crypto.sha256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  check(hash && base64url_encode(*hash) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "SHA-256 of RFC 7636");
  const auto mac = co_await signer.hmac_sha256(SecretText("Jefe"), "what do ya want for nothing?");
  check(mac && base64url_encode(*mac) == "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM", "HMAC of RFC 4231");
  const auto jwk = co_await signer.generate_rsa();
  check(jwk.has_value(), "an RSA key is made");
  if (!jwk) co_return;
  const auto json = parse_json(jwk->expose());
  const RsaPublicKey key{base64url_decode(text_of(*json, "n").value_or("")).value_or(""),
                         base64url_decode(text_of(*json, "e").value_or("")).value_or("")};
  const auto signature = co_await signer.sign_rs256(*jwk, "text");
  check(signature.has_value(), "the key signs");
  if (!signature) co_return;
  check(co_await host.crypto.verify_rs256(key, "text", *signature) == true, "the signature verifies");
  check(co_await host.crypto.verify_rs256(key, "taxt", *signature) == false, "not for another text");
  const auto unusable = co_await host.crypto.verify_rs256({"abc", "\x01"}, "text", *signature);
  check(!unusable && unusable.error().code == "D4", "an unusable key is an error");
}

Task<void> probe_http(Host& host, const std::string& partner, const Report& check) {
  HttpRequest echo = get(partner + "/echo");
  echo.method = "POST";
  echo.headers.push_back({"X-Plain", "visible"});
  echo.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
  echo.secret_headers.push_back({"Authorization", SecretText("Bearer t0ken")});
  echo.body = "not this one";
  echo.secret_body = SecretText("code=abc");
  const HttpOutcome echoed = co_await host.http.send(echo);
  check(echoed && echoed->status == 200, "an exchange with a body");
  if (!echoed) co_return;
  const auto said = parse_json(echoed->body);
  check(said && text_of(*said, "method") == "POST" && text_of(*said, "body") == "code=abc",
        "the secret body is sent");
  check(said && text_of(*said, "plain") == "visible" && text_of(*said, "authorization") == "Bearer t0ken",
        "plain and secret headers are sent");
  check(said && text_of(*said, "cookie") == "" && text_of(*said, "referer") == "",
        "no cookie, no referrer (C1)");
  check(echoed->header("x-ANSWER") == "yes", "headers are found without case");
  const HttpOutcome again = co_await host.http.send(get(partner + "/echo"));
  check(again && again->body.find("\"cookie\":\"\"") != std::string::npos,
        "a cookie that was set is not sent back");

  for (const int status : {204, 401, 403, 429, 503}) {
    const HttpOutcome outcome = co_await host.http.send(get(partner + "/status/" + std::to_string(status)));
    check(outcome && outcome->status == status,
          ("status " + std::to_string(status) + " is an answer").c_str());
  }
  const HttpOutcome moved = co_await host.http.send(get(partner + "/redirect"));
  check(!moved && moved.error() == HttpFailure::redirected, "a redirect is not followed (E22)");
  HttpRequest slow = get(partner + "/slow");
  slow.deadline = Millis(150);
  const HttpOutcome late = co_await host.http.send(slow);
  check(!late && late.error() == HttpFailure::timeout, "no answer before the deadline");
  HttpRequest drip = get(partner + "/drip");
  drip.deadline = Millis(300);
  const HttpOutcome unfinished = co_await host.http.send(drip);
  check(!unfinished && unfinished.error() == HttpFailure::timeout, "the deadline covers the body");
  HttpRequest big = get(partner + "/big");
  big.max_bytes = 1000;
  const HttpOutcome cut = co_await host.http.send(big);
  check(cut && cut->status == 200 && cut->truncated && cut->body.size() == 1000,
        "a body is cut at its limit");
  const HttpOutcome broken = co_await host.http.send(get(partner + "/broken"));
  check(broken && broken->truncated && broken->body == "half", "a body that breaks off is marked");
  const HttpOutcome dropped = co_await host.http.send(get(partner + "/dropped"));
  check(!dropped && dropped.error() == HttpFailure::opaque, "a dropped connection is no readable answer");
  const HttpOutcome nobody = co_await host.http.send(get("http://127.0.0.1:1/"));
  check(!nobody && nobody.error() == HttpFailure::opaque, "nobody listens: no readable answer");
  const HttpOutcome secured = co_await host.http.send(get(partner + "/secured"));
  const HttpOutcome untrusted = co_await host.http.send(get(secured ? secured->body : ""));
  check(!untrusted && untrusted.error() == HttpFailure::certificate,
        "a certificate that nobody vouches for is told (L4)");
  HttpRequest forged = get(partner + "/echo");
  forged.headers.push_back({"X-Plain", "a\r\nX-Other: b"});
  check(!co_await host.http.send(forged), "a line break in a header is refused");

  {
    TaskScope scope;
    scope.spawn([](Http& http, std::string url) -> Task<void> { co_await http.send(get(url)); }(
                                                    host.http, partner + "/watched"));
    co_await host.timers.sleep(Millis(150));
  }
  co_await host.timers.sleep(Millis(150));
  const HttpOutcome watched = co_await host.http.send(get(partner + "/was-aborted"));
  check(watched && watched->body == "yes", "dropping the task aborts the exchange");
}

Task<void> probe_storage(Host& host, const Report& check) {
  check(absent(co_await host.vault.load("session/none")), "an absent secret is no error");
  const std::string secret = "s3cret \"with\" \xC3\xA9\n";
  check((co_await host.vault.save("session/a", SecretText(secret))).has_value(), "a secret is saved");
  const auto loaded = co_await host.vault.load("session/a");
  check(loaded && *loaded && (*loaded)->expose() == secret, "the secret comes back");
  check(co_await host.vault.replace("session/a", SecretText("two"), 0, 2) == true,
        "a record without a number is replaced");
  check(co_await host.vault.replace("session/a", SecretText("three"), 1, 3) == false,
        "one whose number is another is not");
  check(co_await host.vault.replace("session/a", SecretText("three"), 2, 3) == true,
        "one that carries the expected number is replaced");
  const auto third = co_await host.vault.load("session/a");
  check(third && *third && (*third)->expose() == "three", "and what was written comes back");
  check((co_await host.vault.remove("session/a")).has_value(), "a secret is removed");
  check(co_await host.vault.replace("session/a", SecretText("new"), 7, 8) == true,
        "an absent one fits any number");
  check((co_await host.vault.remove("session/a")).has_value(), "a numbered secret is removed");
  check(absent(co_await host.vault.load("session/a")), "a removed secret is gone");
  // A file that holds nothing is removed: one stays, so that who owns it can be looked at.
  check((co_await host.vault.save("session/left", SecretText(secret))).has_value(), "one secret stays");
  for (const auto scope : {Storage::Scope::device, Storage::Scope::tab}) {
    check((co_await host.storage.save(scope, "home/1", "one")).has_value(), "a record is saved");
    check((co_await host.storage.save(scope, "home/2", "")).has_value(), "an empty record is saved");
    check((co_await host.storage.save(scope, "other", "x")).has_value(), "another record is saved");
    check(holds(co_await host.storage.load(scope, "home/1"), "one"), "a record comes back");
    check(holds(co_await host.storage.load(scope, "home/2"), ""), "empty is not absent");
    const auto names = co_await host.storage.names(scope, "home/");
    check(names && names->size() == 2, "names are found by prefix");
    check((co_await host.storage.remove(scope, "home/1")).has_value(), "a record is removed");
    check(absent(co_await host.storage.load(scope, "home/1")), "a removed record is gone");
  }
  check((co_await host.storage.save(Storage::Scope::tab, "only/tab", "x")).has_value(),
        "the tab has its own records");
  check(absent(co_await host.storage.load(Storage::Scope::device, "only/tab")), "scopes are apart");
}

Task<void> hold(Host& host, std::string& order, char mark) {
  const Locks::Held held = co_await host.locks.acquire("refresh:a");
  order.push_back(mark);
  co_await host.timers.sleep(Millis(60));
  order.push_back(mark);
}

Task<void> probe_locks(Host& host, const Report& check) {
  std::string order;
  TaskScope scope;
  scope.spawn(hold(host, order, 'a'));
  scope.spawn(hold(host, order, 'b'));
  {
    TaskScope dropped;
    dropped.spawn(hold(host, order, 'c'));
  }
  for (int i = 0; i < 100 && scope.pending() > 0; ++i) co_await host.timers.sleep(Millis(20));
  check(order == "aabb" || order == "bbaa", "one section at a time, and a waiter that left blocks nobody");
}

}  // namespace

Task<void> probe(Host host, Signer& signer, std::string partner, int& failures) {
  const Report check{failures};
  co_await probe_time(host, check);
  co_await probe_crypto(host, signer, check);
  co_await probe_http(host, partner, check);
  co_await probe_storage(host, check);
  co_await probe_locks(host, check);
  std::fflush(stdout);
}

}  // namespace foyer::test
