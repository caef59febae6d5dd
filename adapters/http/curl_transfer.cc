#include "adapters/http/curl_transfer.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "domain/ports/failpoints.h"

namespace qantara::adapters {
namespace {

bool HasControl(absl::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_iscntrl(static_cast<unsigned char>(c));
  });
}

absl::Status CheckHeaders(const HttpRequest& request) {
  for (const HttpHeader& header : request.headers) {
    if (header.name.empty() || header.value.empty() ||
        HasControl(header.name) || HasControl(header.value)) {
      return absl::InvalidArgumentError(absl::StrCat(
          "the value of header `", header.name,
          "` is empty or has a control character; nothing was sent"));
    }
  }
  return absl::OkStatus();
}

// libcurl reads 0 as "no limit".
long Millis(absl::Duration duration) {
  return std::max<int64_t>(1, absl::ToInt64Milliseconds(duration));
}

}  // namespace

CurlTransfer::CurlTransfer(HttpRequest request, const domain::Clock& clock,
                           const CurlTransferOptions& options, CURLSH* share)
    : request_(std::move(request)),
      clock_(clock),
      options_(options),
      handle_(curl_easy_init()),
      configured_(CheckHeaders(request_)) {
  if (handle_ == nullptr) {
    configured_ = absl::ResourceExhaustedError("libcurl gave no handle");
  }
  if (configured_.ok()) Configure(share);
}

CurlTransfer::~CurlTransfer() {
  curl_easy_cleanup(handle_);
  curl_slist_free_all(header_list_);
}

absl::Status CurlTransfer::ready() const {
  if (!configured_.ok()) return configured_;
  if (send_by_passed()) {
    return absl::DeadlineExceededError(
        "the send-by time had passed; nothing was sent");
  }
  return absl::OkStatus();
}

void CurlTransfer::Configure(CURLSH* share) {
  const auto set = [this](CURLoption option, auto value) {
    const CURLcode code = curl_easy_setopt(handle_, option, value);
    if (code != CURLE_OK && configured_.ok()) {
      configured_ = absl::InternalError(
          absl::StrCat("libcurl refused option ", static_cast<int>(option),
                       ": ", curl_easy_strerror(code)));
    }
  };
  const absl::Duration timeout =
      std::clamp(request_.timeout, absl::Milliseconds(1), options_.max_timeout);
  set(CURLOPT_URL, request_.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_ACCEPT_ENCODING, "gzip");
  set(CURLOPT_NOSIGNAL, 1L);
  // A name server that does not answer must not hold up the other transfers.
  set(CURLOPT_QUICK_EXIT, 1L);
  set(CURLOPT_TIMEOUT_MS, Millis(timeout));
  set(CURLOPT_CONNECTTIMEOUT_MS,
      Millis(std::min(timeout, options_.connect_timeout)));
  set(CURLOPT_ERRORBUFFER, error_);
  set(CURLOPT_HEADERFUNCTION, &CurlTransfer::OnHeader);
  set(CURLOPT_HEADERDATA, this);
  set(CURLOPT_WRITEFUNCTION, &CurlTransfer::OnBody);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_PREREQFUNCTION, &CurlTransfer::OnReadyToSend);
  set(CURLOPT_PREREQDATA, this);
  if (share != nullptr) set(CURLOPT_SHARE, share);
  ConfigureMethod();
  for (const HttpHeader& header : request_.headers) {
    header_list_ = curl_slist_append(
        header_list_, absl::StrCat(header.name, ": ", header.value).c_str());
  }
  // Without this libcurl asks for permission before it sends a large body.
  header_list_ = curl_slist_append(header_list_, "Expect:");
  set(CURLOPT_HTTPHEADER, header_list_);
}

void CurlTransfer::ConfigureMethod() {
  if (request_.method == HttpMethod::kGet) {
    curl_easy_setopt(handle_, CURLOPT_HTTPGET, 1L);
    return;
  }
  curl_easy_setopt(handle_, CURLOPT_POST, 1L);
  curl_easy_setopt(handle_, CURLOPT_POSTFIELDS, request_.body.data());
  curl_easy_setopt(handle_, CURLOPT_POSTFIELDSIZE_LARGE,
                   static_cast<curl_off_t>(request_.body.size()));
  if (request_.method != HttpMethod::kPost) {
    curl_easy_setopt(handle_, CURLOPT_CUSTOMREQUEST,
                     HttpMethodName(request_.method).data());
  }
  // On a reused connection that dies libcurl sends the request again.
  curl_easy_setopt(handle_, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(handle_, CURLOPT_FORBID_REUSE, 1L);
  if (!domain::FailpointsArmed()) return;
  curl_easy_setopt(handle_, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle_, CURLOPT_XFERINFOFUNCTION,
                   &CurlTransfer::OnProgress);
  curl_easy_setopt(handle_, CURLOPT_XFERINFODATA, this);
}

void CurlTransfer::ReachWrite(domain::Failpoint point) const {
  if (request_.method != HttpMethod::kGet) domain::Reach(point);
}

int CurlTransfer::OnProgress(void* self, curl_off_t, curl_off_t, curl_off_t,
                             curl_off_t sent) {
  auto* transfer = static_cast<CurlTransfer*>(self);
  if (!transfer->left_ && transfer->header_bytes_ == 0 &&
      sent >= static_cast<curl_off_t>(transfer->request_.body.size())) {
    transfer->left_ = true;
    domain::Reach(domain::Failpoint::kRequestLeft);
  }
  return 0;
}

bool CurlTransfer::send_by_passed() const {
  return request_.send_by_boot_millis.has_value() &&
         clock_.BootMillis() > *request_.send_by_boot_millis;
}

int CurlTransfer::OnReadyToSend(void* self, char*, char*, int, int) {
  auto* transfer = static_cast<CurlTransfer*>(self);
  if (transfer->send_by_passed()) {
    transfer->too_late_ = true;
    return CURL_PREREQFUNC_ABORT;
  }
  transfer->let_go_ = true;
  transfer->ReachWrite(domain::Failpoint::kRequestLeaves);
  return CURL_PREREQFUNC_OK;
}

size_t CurlTransfer::OnHeader(char* data, size_t size, size_t count,
                              void* self) {
  auto* transfer = static_cast<CurlTransfer*>(self);
  const absl::string_view line(data, size * count);
  transfer->header_bytes_ += line.size();
  if (transfer->header_bytes_ > transfer->options_.max_header_bytes) {
    transfer->too_large_ = true;
    return CURL_WRITEFUNC_ERROR;
  }
  // A status line begins an answer; an interim one (1xx) has been before it.
  if (absl::StartsWith(line, "HTTP/")) {
    transfer->ReachWrite(domain::Failpoint::kRequestAnswering);
    transfer->result_.headers.clear();
  }
  const size_t colon = line.find(':');
  if (colon != absl::string_view::npos) {
    transfer->result_.headers.push_back(
        {std::string(absl::StripAsciiWhitespace(line.substr(0, colon))),
         std::string(absl::StripAsciiWhitespace(line.substr(colon + 1)))});
  }
  return line.size();
}

size_t CurlTransfer::OnBody(char* data, size_t size, size_t count, void* self) {
  auto* transfer = static_cast<CurlTransfer*>(self);
  const size_t bytes = size * count;
  std::string& body = transfer->result_.body;
  if (body.size() + bytes > transfer->options_.max_body_bytes) {
    transfer->too_large_ = true;
    return CURL_WRITEFUNC_ERROR;
  }
  body.append(data, bytes);
  return bytes;
}

HttpFate CurlTransfer::FateOf(CURLcode code) const {
  if (too_late_) return HttpFate::kWithheld;
  if (code == CURLE_OK && result_.status >= 200) return HttpFate::kAnswered;
  if (let_go_) return HttpFate::kMaybeSent;
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_OUT_OF_MEMORY:
      return HttpFate::kWithheld;
    default:
      return HttpFate::kUnreachable;
  }
}

HttpResult CurlTransfer::TakeResult(CURLcode code) {
  long status = 0;
  curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
  result_.status = static_cast<int>(status);
  result_.fate = FateOf(code);
  if (result_.fate == HttpFate::kAnswered) return std::move(result_);
  if (too_late_) {
    result_.message = "the send-by time passed while connecting";
  } else if (too_large_) {
    result_.message = absl::StrCat("the answer is larger than ",
                                   options_.max_body_bytes, " bytes");
  } else if (code == CURLE_OK) {
    result_.message = "the answer has no final status";
  } else {
    result_.message =
        error_[0] != '\0' ? std::string(error_) : curl_easy_strerror(code);
  }
  return std::move(result_);
}

}  // namespace qantara::adapters
