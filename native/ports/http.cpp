#include "native/ports/http.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <map>

namespace foyer::native {
namespace {

bool plain(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return c == '\n' || c == '\r' || c == '\0'; });
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

}  // namespace

struct CurlHttp::Transfers {
  CURLM* multi = curl_multi_init();
  std::map<CURL*, Transfer*> open{};
};

// One exchange; ends it when it goes.
struct CurlHttp::Transfer {
  Transfers& all;
  HttpRequest request;
  CURL* easy = curl_easy_init();
  curl_slist* lines = nullptr;
  HttpResponse response{};
  bool full = false;  // the body reached its limit
  CURLcode code = CURLE_OK;
  Completion<bool> done{};

  Transfer(Transfers& transfers, HttpRequest wanted) : all(transfers), request(std::move(wanted)) {}
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer() {
    if (all.open.erase(easy) != 0) curl_multi_remove_handle(all.multi, easy);
    curl_easy_cleanup(easy);
    for (curl_slist* line = lines; line; line = line->next) {  // Authorization is among them (S5)
      volatile char* at = line->data;
      while (*at) *at++ = 0;
    }
    curl_slist_free_all(lines);
  }

  // False for a header that would make two of one.
  bool add_headers() {
    const auto add = [this](std::string_view name, std::string_view value) {
      std::string line = std::string(name).append(": ").append(value);
      lines = curl_slist_append(lines, line.c_str());
      wipe(line);
      return plain(name) && plain(value);
    };
    bool all_plain = true;
    for (const Header& header : request.headers) all_plain = add(header.name, header.value) && all_plain;
    for (const SecretHeader& header : request.secret_headers)
      all_plain = add(header.name, header.value.expose()) && all_plain;
    lines = curl_slist_append(lines, "Expect:");
    return all_plain;
  }

  bool start() {
    if (!easy || !add_headers()) return false;
    const std::string& body = request.secret_body.empty() ? request.body : request.secret_body.expose();
    curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    if (!body.empty() || request.method == "POST" || request.method == "PUT") {
      curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body.c_str());
      curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, lines);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS,
                     static_cast<long>(std::max<std::int64_t>(1, request.deadline.count())));
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "Foyer");
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    if (curl_multi_add_handle(all.multi, easy) != CURLM_OK) return false;
    all.open.emplace(easy, this);
    return true;
  }

  static std::size_t on_body(char* data, std::size_t, std::size_t size, void* self) {
    auto& own = *static_cast<Transfer*>(self);
    const std::size_t room = own.request.max_bytes - own.response.body.size();
    own.response.body.append(data, std::min(room, size));
    own.full = size > room;
    return own.full ? CURL_WRITEFUNC_ERROR : size;
  }

  static std::size_t on_header(char* data, std::size_t, std::size_t size, void* self) {
    auto& own = *static_cast<Transfer*>(self);
    const std::string_view line(data, size);
    if (line.starts_with("HTTP/")) own.response.headers.clear();  // after an interim answer
    const auto colon = line.find(':');
    if (colon != line.npos && !line.starts_with("HTTP/"))
      own.response.headers.push_back({trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1))});
    return size;
  }

  HttpOutcome outcome() {
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OPERATION_TIMEDOUT) return std::unexpected(HttpFailure::timeout);
    if (code == CURLE_PEER_FAILED_VERIFICATION) return std::unexpected(HttpFailure::certificate);
    if (status > 300 && status < 400 && status != 304) return std::unexpected(HttpFailure::redirected);
    const bool broke_off =
        code == CURLE_PARTIAL_FILE || code == CURLE_RECV_ERROR || code == CURLE_HTTP2_STREAM;
    response.truncated = full || (broke_off && status != 0);
    if (code != CURLE_OK && !response.truncated) return std::unexpected(HttpFailure::opaque);
    response.status = static_cast<int>(status);
    return std::move(response);
  }
};

CurlHttp::CurlHttp() : transfers_(std::make_unique<Transfers>()) {}

CurlHttp::~CurlHttp() { curl_multi_cleanup(transfers_->multi); }

Task<HttpOutcome> CurlHttp::send(HttpRequest request) {
  Transfer transfer(*transfers_, std::move(request));
  if (!transfer.start()) co_return std::unexpected(HttpFailure::opaque);
  co_await transfer.done;
  co_return transfer.outcome();
}

void CurlHttp::work() {
  int running = 0;
  curl_multi_perform(transfers_->multi, &running);
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(transfers_->multi, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const auto at = transfers_->open.find(message->easy_handle);
    if (at == transfers_->open.end()) continue;
    Transfer& transfer = *at->second;
    transfer.code = message->data.result;
    curl_multi_remove_handle(transfers_->multi, at->first);
    transfers_->open.erase(at);
    const Completion<bool> done = transfer.done;
    done.resolve(true);  // ends the transfer, may begin and end others
  }
}

bool CurlHttp::busy() const { return !transfers_->open.empty(); }

}  // namespace foyer::native
