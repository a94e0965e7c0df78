#include "core/base/url.hpp"

#include <algorithm>

#include "core/base/ascii.hpp"

namespace foyer {
namespace {

bool unreserved(char c) {
  return is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::unexpected<Error> bad_url(const char* why) { return fail(ErrorKind::invalid_input, "", why); }

// Four decimal numbers up to 255, without leading zeros.
bool dotted_quad(std::string_view host) {
  int numbers = 0;
  for (std::size_t at = 0; at <= host.size(); ++numbers) {
    const auto dot = std::min(host.find('.', at), host.size());
    const auto number = host.substr(at, dot - at);
    if (number.empty() || number.size() > 3 || (number.size() > 1 && number[0] == '0')) return false;
    int value = 0;
    for (const char c : number) {
      if (c < '0' || c > '9') return false;
      value = value * 10 + (c - '0');
    }
    if (value > 255) return false;
    at = dot + 1;
  }
  return numbers == 4;
}

// A name, an IPv4 address in its plain form, or the IPv6 loopback. What a browser would read as another
// spelling of an address ("0x7f.1", "127.1", "[0:0::1]") is refused, so that nothing is ever read in two
// ways.
bool acceptable_host(std::string_view host) {
  if (host.starts_with('[')) return host == "[::1]";
  for (const char c : host)
    if (!unreserved(c) || c == '~') return false;
  std::string_view last = host.ends_with('.') ? host.substr(0, host.size() - 1) : host;
  last = last.substr(last.rfind('.') + 1);
  const bool numeric =
      last.starts_with("0x") || (!last.empty() && last.find_first_not_of("0123456789") == last.npos);
  return numeric ? dotted_quad(host) : !last.empty();
}

// Splits "host:port"; false for an unacceptable host or a port outside 1…65535.
bool read_authority(std::string_view authority, Url& url) {
  auto colon = authority.rfind(':');
  if (authority.starts_with('[')) {
    const auto close = authority.find(']');
    if (close == std::string_view::npos) return false;
    colon = close + 1 < authority.size() ? close + 1 : std::string_view::npos;
    if (colon != std::string_view::npos && authority[colon] != ':') return false;
  }
  url.host = authority.substr(0, colon);
  std::ranges::transform(url.host, url.host.begin(), lower);
  if (!acceptable_host(url.host)) return false;
  if (colon == std::string_view::npos) return true;
  const std::string_view port = authority.substr(colon + 1);
  if (port.empty() || port.size() > 5) return false;
  for (const char c : port) {
    if (c < '0' || c > '9') return false;
    url.port = url.port * 10 + (c - '0');
  }
  if (url.port == (url.scheme == "https" ? 443 : 80)) url.port = 0;
  return url.port <= 65535;
}

// Takes "." and ".." out of a path (RFC 3986 section 5.2.4).
std::string clean_path(std::string_view path) {
  std::vector<std::string_view> parts;
  bool folder = false;
  for (std::size_t at = 0; at < path.size();) {
    const auto slash = std::min(path.find('/', at), path.size());
    const auto part = path.substr(at, slash - at);
    folder = slash < path.size() || part == "." || part == "..";
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (part != "." && !(part.empty() && at == 0)) {
      parts.push_back(part);
    }
    at = slash + 1;
  }
  std::string out;
  for (const auto part : parts) out.append("/").append(part);
  if (folder || out.empty()) out.push_back('/');
  return out;
}

}  // namespace

std::string Url::origin() const {
  std::string out = scheme + "://" + host;
  if (port != 0) out += ":" + std::to_string(port);
  return out;
}

std::string Url::text() const {
  std::string out = origin() + path;
  if (!query.empty()) out += "?" + query;
  if (!fragment.empty()) out += "#" + fragment;
  return out;
}

bool Url::is_loopback() const {
  return host == "localhost" || host == "[::1]" || (host.starts_with("127.") && dotted_quad(host));
}

Result<Url> parse_url(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '\\')
      return bad_url("a URL holds no spaces, control characters or backslashes");
  Url url;
  if (text.starts_with("https://")) {
    url.scheme = "https";
  } else if (text.starts_with("http://")) {
    url.scheme = "http";
  } else {
    return bad_url("expected an absolute http or https URL");
  }
  std::string_view rest = text.substr(url.scheme.size() + 3);
  if (const auto hash = rest.find('#'); hash != std::string_view::npos) {
    url.fragment = rest.substr(hash + 1);
    rest = rest.substr(0, hash);
  }
  if (const auto mark = rest.find('?'); mark != std::string_view::npos) {
    url.query = rest.substr(mark + 1);
    rest = rest.substr(0, mark);
  }
  const auto slash = std::min(rest.find('/'), rest.size());
  const auto authority = rest.substr(0, slash);
  if (authority.find('@') != std::string_view::npos) return bad_url("a URL must not hold a user name");
  if (!read_authority(authority, url)) return bad_url("expected a host name in the URL");
  url.path = clean_path(rest.substr(slash));
  return url;
}

Result<Url> resolve_url(const Url& base, std::string_view reference) {
  if (reference.find("://") != std::string_view::npos) return parse_url(reference);
  if (reference.starts_with("//")) return bad_url("a URL without scheme is not accepted");
  if (reference.starts_with('/')) return parse_url(base.origin() + std::string(reference));
  const std::string folder = base.path.substr(0, base.path.rfind('/') + 1);
  return parse_url(base.origin() + folder + std::string(reference));
}

std::string percent_encode(std::string_view text) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (unreserved(c)) {
      out.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out.push_back('%');
      out.push_back(hex[byte >> 4]);
      out.push_back(hex[byte & 15]);
    }
  }
  return out;
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out.push_back(text[i]);
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return out;
}

std::string form_encode(const Fields& fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    if (!out.empty()) out.push_back('&');
    out += percent_encode(name) + "=" + percent_encode(value);
  }
  return out;
}

Fields form_decode(std::string_view text) {
  Fields fields;
  const auto plain = [](std::string_view part) {
    std::string spaced(part);
    std::ranges::replace(spaced, '+', ' ');
    return percent_decode(spaced).value_or(spaced);
  };
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('&', at), text.size());
    const auto pair = text.substr(at, end - at);
    const auto equals = std::min(pair.find('='), pair.size());
    if (!pair.empty()) {
      const auto value = equals < pair.size() ? pair.substr(equals + 1) : std::string_view();
      fields.emplace_back(plain(pair.substr(0, equals)), plain(value));
    }
    at = end + 1;
  }
  return fields;
}

}  // namespace foyer
