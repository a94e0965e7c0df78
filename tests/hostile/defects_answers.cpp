// Defects of the authorization answer and of the token answer to a code.
#include "tests/hostile/defects.hpp"

namespace foyer::oauth::hostile {
namespace {

constexpr auto place_redirect = Place::redirect, place_token = Place::token;

// The answer is a refusal instead of a code.
Switch refusal(const char* error, const char* description = nullptr) {
  return [=](World& w) {
    w.change_redirect = [=](Fields& fields) {
      fields.erase(fields.begin());  // the code
      fields.emplace_back("error", error);
      if (description) fields.emplace_back("error_description", description);
    };
  };
}

Switch with_iss_required(Switch more = {}) {
  return [=](World& w) {
    w.config.require_iss_parameter = true;
    w.restart();
    if (more) more(w);
  };
}

std::string deep(int levels) { return std::string(levels, '[') + std::string(levels, ']'); }

}  // namespace

std::vector<Defect> defects_of_answers() {
  static const std::string long_text(10'000, 'x');
  return {
      // The authorization answer: no request of any kind may follow.
      {"redirect_state_twice", strict, place_redirect, "B2", redirect("state", "other"), 0, 0},
      {"redirect_code_twice", strict, place_redirect, "B2", redirect("code", "other"), 0, 0},
      {"redirect_iss_twice", strict, place_redirect, "B2",
       [](World& w) {
         w.change_redirect = [](Fields& f) {
           f.emplace_back("iss", "https://issuer.example/v2.0/");
           f.emplace_back("iss", "https://evil.example/");
         };
       },
       0, 0},
      {"redirect_unknown_parameter_twice", hardening, place_redirect, "B2",
       [](World& w) { w.change_redirect = [](Fields& f) { f.insert(f.end(), {{"x", "1"}, {"x", "2"}}); }; },
       0, 0},
      {"redirect_without_state", strict, place_redirect, "B3.state", redirect("state", nullptr), 0, 0},
      {"redirect_with_foreign_state", strict, place_redirect, "B3",
       [](World& w) { w.change_redirect = [](Fields& f) { f.back().second = "foreign"; }; }, 0, 0},
      {"redirect_after_ten_minutes", hardening, place_redirect, "B3.late",
       [](World& w) { w.change_redirect = [&w](Fields&) { w.pass(Minutes(11)); }; }, 0, 0},
      {"redirect_without_promised_iss", strict, place_redirect, "B4.absent", with_iss_required(), 0, 0},
      {"redirect_with_other_iss", strict, place_redirect, "B4.iss", redirect("iss", "https://evil.example/"),
       0, 0},
      {"redirect_with_iss_without_slash", strict, place_redirect, "B4.iss",
       redirect("iss", "https://issuer.example/v2.0"), 0, 0},
      {"redirect_with_iss_in_other_case", strict, place_redirect, "B4.iss",
       redirect("iss", "https://ISSUER.example/v2.0/"), 0, 0},
      {"redirect_with_empty_iss", strict, place_redirect, "B4.iss", redirect("iss", ""), 0, 0},
      {"refusal_with_other_iss", strict, place_redirect, "B4.iss",
       [](World& w) {
         w.change_redirect = [](Fields& f) {
           f[0] = {"error", "access_denied"};
           f.emplace_back("iss", "https://evil.example/");
         };
       },
       0, 0},
      {"redirect_with_code_and_error", strict, place_redirect, "B5.error", redirect("error", "some_error"), 0,
       0},
      {"redirect_without_code_and_error", strict, place_redirect, "B5.code", redirect("code", nullptr), 0, 0},
      {"redirect_with_control_characters_in_code", hardening, place_redirect, "B5.code",
       [](World& w) { w.change_redirect = [](Fields& f) { f[0].second = "co\r\nde"; }; }, 0, 0},
      {"refusal_declined", strict, place_redirect, "X9",
       refusal("access_denied", "Access denied by user\r\n\x1b[31m<b>"), 0, 0},
      {"refusal_login_required", strict, place_redirect, "X10", refusal("login_required"), 0, 0},
      {"refusal_server_error", strict, place_redirect, "X11", refusal("server_error"), 0, 0},
      {"refusal_with_10000_characters", hardening, place_redirect, "B5.error",
       refusal("odd", long_text.c_str()), 0, 0},
      {"refusal_with_html", hardening, place_redirect, "B5.error",
       refusal("<script>alert(1)</script>", "<img src=x onerror=alert(1)>\x01\x7f\xff"), 0, 0},
      {"redirect_to_another_path", strict, place_redirect, "A6",
       [](World& w) { w.redirect_to = "https://app.example/elsewhere"; }, 0, 0},
      {"redirect_to_another_host", strict, place_redirect, "A6",
       [](World& w) { w.redirect_to = "https://app.example.evil/cb"; }, 0, 0},

      // The token answer.
      {"token_redirect_302", strict, place_token, "X1.302", answer(302, ""), 1, 0},
      {"token_redirect_307", strict, place_token, "X1.307", answer(307, ""), 1, 0},
      {"token_created_201", strict, place_token, "X1.201", answer(201, nullptr), 1, 0},
      {"token_accepted_202", hardening, place_token, "X1.202", answer(202, nullptr), 1, 0},
      {"token_empty_204", strict, place_token, "X1.204", answer(204, ""), 1, 0},
      {"token_error_500_with_tokens", strict, place_token, "X1.500", answer(500, nullptr), 1, 0},
      {"token_error_400_with_tokens", strict, place_token, "X8", answer(400, nullptr), 1, 0},
      {"token_quota_403", hardening, place_token, "X1.403",
       answer(403, R"({"statusCode":403,"message":"Out of call volume quota."})"), 1, 0},
      {"token_page_200", strict, place_token, "C2.json", answer(200, "<html>Sign in</html>"), 1, 0},
      {"token_empty_200", strict, place_token, "C2.json", answer(200, ""), 1, 0},
      {"token_form_200", strict, place_token, "C2.json", answer(200, "access_token=a&token_type=bearer"), 1,
       0},
      {"token_list", strict, place_token, "C2.object", answer(200, "[]"), 1, 0},
      {"token_null", strict, place_token, "C2.object", answer(200, "null"), 1, 0},
      {"token_text_after_it", strict, place_token, "C2.json", answer_text([](std::string& t) { t += "{}"; }),
       1, 0},
      {"token_cut_off", strict, place_token, "C2.cut",
       [](World& w) { w.change_answer = [](HttpResponse& r) { r.truncated = true; }; }, 1, 0},
      {"token_byte_order_mark", hardening, place_token, "C2.json",
       answer_text([](std::string& t) { t.insert(0, "\xEF\xBB\xBF"); }), 1, 0},
      {"token_not_utf8", strict, place_token, "C2.json",
       answer_text([](std::string& t) { t.insert(1, "\"x\":\"\xFF\","); }), 1, 0},
      {"token_member_twice", hardening, place_token, "C2.twice",
       answer_text([](std::string& t) { t.insert(1, R"("token_type":"Bearer",)"); }), 1, 0},
      {"token_member_twice_escaped", hardening, place_token, "C2.twice",
       answer_text([](std::string& t) { t.insert(1, R"("access_\u0074oken":"a",)"); }), 1, 0},
      {"token_65_kib", hardening, place_token, "C7.size",
       answer_text([](std::string& t) { t.append(65U << 10, ' '); }), 1, 0},
      {"token_depth_33", hardening, place_token, "C7.depth",
       answer_text([](std::string& t) { t.insert(1, "\"x\":" + deep(33) + ","); }), 1, 0},
      {"token_1200_members", hardening, place_token, "C7.members", answer_text([](std::string& t) {
         for (int i = 0; i < 1'200; ++i) t.insert(1, "\"m" + std::to_string(i) + "\":0,");
       }),
       1, 0},
      {"token_success_and_error", strict, place_token, "C5.error", member("error", "\"invalid_grant\""), 1,
       0},
      {"token_null_error", hardening, place_token, "C5.error", member("error", "null"), 1, 0},
      {"access_token_missing", strict, place_token, "C2.access_token", member("access_token", nullptr), 1, 0},
      {"access_token_empty", strict, place_token, "C2.access_token", member("access_token", "\"\""), 1, 0},
      {"access_token_number", strict, place_token, "C2.access_token", member("access_token", "17"), 1, 0},
      {"access_token_with_space", strict, place_token, "C2.access_token",
       member("access_token", "\"a canary\""), 1, 0},
      {"access_token_with_line_break", strict, place_token, "C2.access_token",
       member("access_token", R"("canary\r\nX-Evil: 1")"), 1, 0},
      {"access_token_not_ascii", hardening, place_token, "C2.access_token",
       member("access_token", "\"canaryé\""), 1, 0},
      {"refresh_token_with_space", strict, place_token, "C2.refresh_token",
       member("refresh_token", "\"a canary\""), 1, 0},
      {"token_type_mac", strict, place_token, "C2.token_type", member("token_type", "\"mac\""), 1, 0},
      {"token_type_dpop", strict, place_token, "C2.token_type", member("token_type", "\"DPoP\""), 1, 0},
      {"token_type_missing", strict, place_token, "C2.token_type", member("token_type", nullptr), 1, 0},
      {"token_type_list", strict, place_token, "C2.token_type", member("token_type", "[\"Bearer\"]"), 1, 0},
      {"expires_in_zero", strict, place_token, "C3.expires_in", member("expires_in", "0"), 1, 0},
      {"expires_in_negative", strict, place_token, "C3.expires_in", member("expires_in", "-3600"), 1, 0},
      {"expires_in_endless", hardening, place_token, "C3.expires_in", member("expires_in", "1e99"), 1, 0},
      {"expires_in_word", strict, place_token, "C3.expires_in", member("expires_in", "\"abc\""), 1, 0},
      {"expires_in_fraction", hardening, place_token, "C3.expires_in", member("expires_in", "3600.5"), 1, 0},
      {"expires_in_true", strict, place_token, "C3.expires_in", member("expires_in", "true"), 1, 0},
      {"expires_on_word", hardening, place_token, "C3.expires_on",
       [](World& w) {
         w.change_tokens = [](Json& t) {
           t.erase("expires_in");
           t["expires_on"] = "tomorrow";
         };
       },
       1, 0},
      {"scope_list", strict, place_token, "C4.scope", member("scope", "[\"openid\"]"), 1, 0},
      {"id_token_missing", strict, place_token, "D1.absent", member("id_token", nullptr), 1, 0},
      {"id_token_number", strict, place_token, "D1.absent", member("id_token", "1"), 1, 0},
      {"id_token_17_kib", hardening, place_token, "C7.id_token",
       id_token([](std::string& t) { t.append(17U << 10, 'A'); }), 1, 0},
  };
}

}  // namespace foyer::oauth::hostile
