// One defect at a time in the provider's answer: nothing of it is stored or used (rule D12).
#include "tests/oauth/world.hpp"

namespace foyer::oauth {
namespace {

struct Falsified {
  const char* name;
  std::function<void(World&)> falsify;
  const char* code;
};
class FalsifiedAnswer : public testing::TestWithParam<Falsified> {};

TEST_P(FalsifiedAnswer, D12StoresAndUsesNothing) {
  World world;
  GetParam().falsify(world);
  const auto result = world.sign_in();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, GetParam().code);
  EXPECT_EQ(world.session->info().status, Status::signed_out);
  EXPECT_TRUE(world.memory.vault.records.empty());
  EXPECT_FALSE(world.token());
}

INSTANTIATE_TEST_SUITE_P(
    Matrix, FalsifiedAnswer,
    testing::Values(
        Falsified{"C2_token_type",
                  [](World& w) { w.change_tokens = [](Json& t) { t["token_type"] = "mac"; }; }, "C2"},
        Falsified{"C3_expires_in",
                  [](World& w) { w.change_tokens = [](Json& t) { t["expires_in"] = "soon"; }; }, "C3"},
        Falsified{"C5_error_with_200", [](World& w) { w.change_tokens = [](Json& t) { t["error"] = "x"; }; },
                  "C5"},
        Falsified{"D1_missing_though_asked", [](World& w) { w.with_id_token = false; }, "D1"},
        Falsified{"D1_garbage",
                  [](World& w) { w.change_tokens = [](Json& t) { t["id_token"] = "garbage"; }; }, "D1"},
        Falsified{"D2_none", [](World& w) { w.change_header = [](Json& h) { h["alg"] = "none"; }; }, "D2"},
        Falsified{"D2_hmac", [](World& w) { w.change_header = [](Json& h) { h["alg"] = "HS256"; }; }, "D2"},
        Falsified{"D3_crit",
                  [](World& w) { w.change_header = [](Json& h) { h["crit"] = Json::array({"x"}); }; }, "D3"},
        Falsified{"D4_other_key", [](World& w) { w.signer = other_signing_key(); },
                  "D4"},  // [invalid-sig-rs256]
        Falsified{"D4_signature_changed",
                  [](World& w) {
                    w.change_tokens = [](Json& t) {
                      auto s = t["id_token"].get<std::string>();
                      s[s.size() - 20] = s[s.size() - 20] == 'A' ? 'B' : 'A';
                      t["id_token"] = s;
                    };
                  },
                  "D4"},
        Falsified{"D4_keys_gone",
                  [](World& w) {
                    for (int i = 0; i < 3; ++i) w.key_faults.push_back(std::unexpected(HttpFailure::opaque));
                  },
                  "D4"},
        Falsified{"D4_keys_unreadable",
                  [](World& w) { w.key_faults.push_back(HttpResponse{.status = 200, .body = "<html>"}); },
                  "D4"},
        Falsified{"D4_key_for_encryption", [](World& w) { w.keys["keys"][0]["use"] = "enc"; }, "D5"},
        Falsified{"D5_unknown_kid", [](World& w) { w.change_header = [](Json& h) { h["kid"] = "k9"; }; },
                  "D5"},
        Falsified{"D5_no_kid_two_keys",
                  [](World& w) {
                    w.keys["keys"].push_back(public_jwk(other_signing_key(), "k2"));
                    w.change_header = [](Json& h) { h.erase("kid"); };
                  },
                  "D5"},
        Falsified{"D6",
                  [](World& w) { w.change_claims = [](Json& c) { c["iss"] = "https://evil.example/"; }; },
                  "D6"},
        Falsified{"D7", [](World& w) { w.change_claims = [](Json& c) { c["aud"] = "client-2"; }; }, "D7"},
        Falsified{"D8", [](World& w) { w.change_claims = [](Json& c) { c.erase("exp"); }; }, "D8"},
        Falsified{"D9", [](World& w) { w.change_claims = [](Json& c) { c["nonce"] = "other"; }; }, "D9"},
        Falsified{"D10", [](World& w) { w.change_claims = [](Json& c) { c["sub"] = ""; }; }, "D10"},
        Falsified{
            "D11",
            [](World& w) { w.change_claims = [](Json& c) { c["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA"; }; },
            "D11"},
        Falsified{"K3_two_hours_ahead", [](World& w) { w.server_ahead = Hours(2); }, "K3"},
        Falsified{"K3_two_hours_behind", [](World& w) { w.server_ahead = -Hours(2); }, "K3"}),
    [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace foyer::oauth
