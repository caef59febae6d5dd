// A transport whose answers a test decides.
#ifndef QANTARA_TESTS_ADAPTERS_SUPPORT_FAKE_TRANSPORT_H_
#define QANTARA_TESTS_ADAPTERS_SUPPORT_FAKE_TRANSPORT_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/http/http_transport.h"

namespace qantara::adapters {

// Used by one thread. Answers at once with `answer`, or keeps the callback.
class FakeTransport : public HttpTransport {
 public:
  void Send(HttpRequest request,
            std::function<void(HttpResult)> done) override {
    requests.push_back(std::move(request));
    if (withhold_answers) {
      kept.push_back(std::move(done));
    } else {
      done(answer);
    }
  }

  // Sets the answer to a complete one.
  void AnswerWith(int status, std::string body,
                  std::vector<HttpHeader> headers = {}) {
    answer = {HttpFate::kAnswered, status, std::move(headers), std::move(body),
              ""};
  }

  HttpResult answer;
  bool withhold_answers = false;
  std::vector<HttpRequest> requests;
  std::vector<std::function<void(HttpResult)>> kept;
};

}  // namespace qantara::adapters

#endif  // QANTARA_TESTS_ADAPTERS_SUPPORT_FAKE_TRANSPORT_H_
