#include "tests/simulation/scripted_gateway.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace qantara::simulation {
namespace {

using domain::CallReport;
using domain::Effect;

CallReport ReportOf(Effect effect, int status, v1::ErrorReason reason) {
  CallReport report;
  report.effect = effect;
  report.http_status = status;
  report.reason = reason;
  return report;
}

CallReport NotSent() {
  return ReportOf(Effect::kNotApplied, 0,
                  v1::ERROR_REASON_PROVIDER_UNAVAILABLE);
}

// What the real gateway makes of a status.
CallReport ReportOfResult(const WriteResult& result) {
  switch (result.status) {
    case 200:
    case 201:
      return ReportOf(Effect::kConfirmed, result.status,
                      v1::ERROR_REASON_UNSPECIFIED);
    case 404:
      return ReportOf(Effect::kNotApplied, 404, v1::ERROR_REASON_UNSPECIFIED);
    default: {
      CallReport report = ReportOf(Effect::kRefused, result.status,
                                   v1::ERROR_REASON_PROVIDER_REJECTED);
      report.problems = result.problems;
      return report;
    }
  }
}

const char* NameOf(Effect effect) {
  constexpr const char* kNames[] = {"confirmed", "refused", "not applied",
                                    "unknown"};
  return kNames[static_cast<int>(effect)];
}

std::string SkusOf(const std::vector<v1::Product>& products) {
  return absl::StrJoin(products, ",",
                       [](std::string* out, const v1::Product& product) {
                         absl::StrAppend(out, product.sku());
                       });
}

}  // namespace

domain::PreparedWrite ScriptedGateway::Prepare(
    std::vector<v1::Product> products) const {
  domain::PreparedWrite write;
  write.body = absl::StrCat(stage_.prepared.size());
  write.fingerprint = absl::StrCat("write-", write.body);
  stage_.prepared.push_back(std::move(products));
  return write;
}

domain::PreparedWrite ScriptedGateway::PrepareCreate(
    absl::Span<const v1::Product> products, bool) const {
  return Prepare({products.begin(), products.end()});
}

domain::PreparedWrite ScriptedGateway::PrepareUpdate(
    const v1::Product& fields) const {
  return Prepare({fields});
}

bool ScriptedGateway::MayLeave(const domain::WriteWindow& window) const {
  return stage_.clock.BootMillis() <= window.send_by_boot_millis;
}

// A request may wait for a connection, up to its send-by time and beyond.
int64_t ScriptedGateway::Waits(const domain::WriteWindow& window) {
  if (!stage_.Faulty(stage_.plan.faults.write / 20)) return 0;
  const int64_t rest = window.send_by_boot_millis - stage_.clock.BootMillis();
  return stage_.random.Between(1, std::max<int64_t>(2, rest + 50));
}

void ScriptedGateway::Deliver(WorldMillis time, std::function<void()> answer) {
  stage_.agenda.At(time, [life = life_, answer = std::move(answer)] {
    if (life->alive) answer();
  });
}

ScriptedGateway::Course ScriptedGateway::CourseOfWrite(
    const domain::WriteWindow& window) {
  Random& random = stage_.random;
  const WorldMillis now = stage_.clock.now();
  const int64_t timeout = absl::ToInt64Milliseconds(window.timeout);
  const WorldMillis gives_up = now + timeout;
  Course course;
  course.lands_at = now + random.Between(1, std::min<int64_t>(timeout - 2, 80));
  course.answer_at =
      random.Between(*course.lands_at, std::min(gives_up - 1, now + 160));
  if (!stage_.Faulty(stage_.plan.faults.write)) return course;
  const CallReport lost =
      ReportOf(Effect::kUnknown, 0, v1::ERROR_REASON_PROVIDER_UNAVAILABLE);
  switch (random.Below(11)) {
    case 0:  // Slow, but in time.
      course.answer_at = random.Between(*course.lands_at, gives_up - 1);
      break;
    case 1:  // The answer is lost.
      course.told = lost;
      course.answer_at = random.Chance(500) ? gives_up : course.answer_at;
      break;
    case 2:
    case 3:  // Applied after we gave up, within the bound.
      course.told = lost;
      course.answer_at = gives_up;
      course.lands_at =
          random.Between(now + 1, stage_.witness.LandsBefore() - 1);
      break;
    case 4:  // Never applied.
      course.told = lost;
      course.answer_at = gives_up;
      course.lands_at.reset();
      break;
    case 5:  // Applied, but 500.
      course.told = ReportOf(Effect::kUnknown, 500,
                             v1::ERROR_REASON_PROVIDER_UNAVAILABLE);
      break;
    case 6:  // 5xx, not applied.
      course.told = ReportOf(Effect::kUnknown, 503,
                             v1::ERROR_REASON_PROVIDER_UNAVAILABLE);
      course.lands_at.reset();
      break;
    case 7:
      course.told =
          ReportOf(Effect::kNotApplied, 429, v1::ERROR_REASON_OVERLOADED);
      course.told->retry_after = absl::Milliseconds(random.Between(0, 3000));
      course.lands_at.reset();
      break;
    case 8:
      course.told = NotSent();
      course.lands_at.reset();
      break;
    case 9:  // 5xx, applied later.
      course.told = ReportOf(Effect::kUnknown, 502,
                             v1::ERROR_REASON_PROVIDER_UNAVAILABLE);
      course.lands_at =
          random.Between(now + 1, stage_.witness.LandsBefore() - 1);
      break;
    default:
      course.drops = true;
      break;
  }
  return course;
}

// Applies the write at its time, and then gives `answer` what came of it, or
// what is told instead.
void ScriptedGateway::Land(const Course& course,
                           std::function<WriteResult(WorldMillis)> apply,
                           Witness::Write* record,
                           std::function<void(const WriteResult&)> answer) {
  record->lands_at = course.lands_at;
  auto result = std::make_shared<WriteResult>();
  if (course.lands_at.has_value()) {
    ++stage_.landing;
    stage_.agenda.At(*course.lands_at, [this_stage = &stage_, result, record,
                                        course, apply = std::move(apply)] {
      --this_stage->landing;
      *result = apply(*course.lands_at);
      this_stage->report.Note("intent ", record->intent,
                              " lands: ", result->status);
    });
  }
  stage_.agenda.At(
      course.answer_at, [this_stage = &stage_, life = life_, record, result,
                         course, answer = std::move(answer)] {
        if (!life->alive) return;
        record->answered_at = this_stage->clock.now();
        record->effect =
            (course.told.has_value() ? *course.told : ReportOfResult(*result))
                .effect;
        this_stage->report.Note("intent ", record->intent,
                                " answered: ", NameOf(record->effect));
        answer(*result);
      });
}

void ScriptedGateway::Create(const domain::PreparedWrite& write,
                             domain::WriteWindow window,
                             std::function<void(domain::CreateAnswer)> done) {
  const int crashes = stage_.plan.faults.crash_in_request;
  if (!life_->alive || stage_.Dies(crashes, *life_, "before a POST")) return;
  if (const int64_t wait = Waits(window); wait > 0) {
    return Deliver(stage_.clock.now() + wait, [this, write, window, done] {
      Create(write, window, done);
    });
  }
  if (!MayLeave(window)) {
    stage_.report.Note("a POST is too late to leave");
    return done({NotSent(), {}});
  }
  size_t body = 0;
  if (!absl::SimpleAtoi(write.body, &body)) return;
  const std::vector<v1::Product>& products = stage_.prepared[body];
  Witness::Write* record = &stage_.witness.OnCreate(write.fingerprint, products,
                                                    window, life_->number);
  stage_.report.Note("POST intent ", record->intent, " ", SkusOf(products));
  const Course course = CourseOfWrite(window);
  std::vector<NewItem> items;
  const bool reserves = stage_.random.Chance(500);
  for (size_t i = 0; i < products.size() && i < record->parts.size(); ++i) {
    NewItem item{products[i], record->parts[i].product_id};
    if (reserves) item.id = stage_.world.ReserveId();
    if (course.drops) {
      item.dropped = stage_.random.Chance(300);
      item.unsaid = stage_.random.Chance(200);
    }
    items.push_back(std::move(item));
  }
  const bool single = products.size() == 1;
  Land(
      course,
      [stage = &stage_, items, single](WorldMillis now) {
        return stage->world.Create(items, single, now);
      },
      record,
      [stage = &stage_, course,
       done = std::move(done)](const WriteResult& result) {
        domain::CreateAnswer answer;
        answer.report =
            course.told.has_value() ? *course.told : ReportOfResult(result);
        if (!course.told.has_value()) answer.records = result.records;
        for (size_t i = answer.records.size(); i > 1; --i) {
          std::swap(answer.records[i - 1],
                    answer.records[stage->random.Below(i)]);
        }
        done(std::move(answer));
      });
  stage_.Dies(crashes, *life_, "after a POST");
}

void ScriptedGateway::Update(const std::string& remote_id,
                             const domain::PreparedWrite& write,
                             domain::WriteWindow window,
                             std::function<void(domain::RecordAnswer)> done) {
  const int crashes = stage_.plan.faults.crash_in_request;
  if (!life_->alive || stage_.Dies(crashes, *life_, "before a PUT")) return;
  if (const int64_t wait = Waits(window); wait > 0) {
    return Deliver(stage_.clock.now() + wait,
                   [this, remote_id, write, window, done] {
                     Update(remote_id, write, window, done);
                   });
  }
  if (!MayLeave(window)) {
    stage_.report.Note("a PUT is too late to leave");
    return done({NotSent(), std::nullopt, false});
  }
  size_t body = 0;
  if (!absl::SimpleAtoi(write.body, &body)) return;
  const v1::Product fields = stage_.prepared[body].front();
  Witness::Write* record = &stage_.witness.OnUpdate(
      write.fingerprint, remote_id, window, life_->number);
  stage_.report.Note("PUT intent ", record->intent, " ", remote_id, " {",
                     fields.ShortDebugString(), "}");
  const Course course = CourseOfWrite(window);
  Land(
      course,
      [stage = &stage_, remote_id, fields](WorldMillis now) {
        return stage->world.Update(remote_id, fields, now);
      },
      record,
      [course, done = std::move(done)](const WriteResult& result) {
        domain::RecordAnswer answer;
        answer.report =
            course.told.has_value() ? *course.told : ReportOfResult(result);
        if (!course.told.has_value()) {
          answer.not_found = result.status == 404;
          if (!result.records.empty()) answer.record = result.records.front();
        }
        done(std::move(answer));
      });
  stage_.Dies(crashes, *life_, "after a PUT");
}

CallReport ScriptedGateway::FaultOfRead() {
  switch (stage_.random.Below(4)) {
    case 0: {
      CallReport report =
          ReportOf(Effect::kNotApplied, 429, v1::ERROR_REASON_OVERLOADED);
      report.retry_after = absl::Milliseconds(stage_.random.Between(0, 3000));
      return report;
    }
    case 1:
      return ReportOf(Effect::kNotApplied, 500,
                      v1::ERROR_REASON_PROVIDER_UNAVAILABLE);
    default:
      return NotSent();
  }
}

template <typename Answer>
void ScriptedGateway::Read(std::function<Answer(WorldMillis)> read,
                           std::function<void(Answer)> done) {
  if (!life_->alive) return;
  const WorldMillis now = stage_.clock.now();
  if (stage_.Faulty(stage_.plan.faults.read)) {
    Answer answer;
    answer.report = FaultOfRead();
    stage_.report.Note("  read fails");
    const WorldMillis end =
        now + stage_.random.Between(1, absl::ToInt64Milliseconds(
                                           stage_.plan.bounds.request_timeout));
    return Deliver(end, [done = std::move(done), answer] { done(answer); });
  }
  const WorldMillis seen_at = now + stage_.random.Between(1, 60);
  const WorldMillis answer_at = seen_at + stage_.random.Between(0, 60);
  auto answer = std::make_shared<Answer>();
  stage_.agenda.At(seen_at, [answer, read = std::move(read), seen_at] {
    *answer = read(seen_at);
  });
  Deliver(answer_at,
          [answer, done = std::move(done)] { done(std::move(*answer)); });
}

void ScriptedGateway::Get(const std::string& remote_id,
                          std::function<void(domain::RecordAnswer)> done) {
  stage_.report.Note("GET ", remote_id);
  const WorldMillis began = stage_.clock.now();
  Read<domain::RecordAnswer>(
      [stage = &stage_, remote_id](WorldMillis) {
        domain::RecordAnswer answer;
        answer.record = stage->world.Get(remote_id);
        answer.not_found = !answer.record.has_value();
        answer.report.effect = Effect::kConfirmed;
        answer.report.http_status = answer.not_found ? 404 : 200;
        return answer;
      },
      [stage = &stage_, remote_id, began,
       done = std::move(done)](domain::RecordAnswer answer) {
        if (answer.report.effect == Effect::kConfirmed) {
          stage->witness.OnGot(remote_id, began);
        }
        done(std::move(answer));
      });
}

void ScriptedGateway::List(const domain::ListQuery& query,
                           std::function<void(domain::PageAnswer)> done) {
  stage_.report.Note("LIST ", query.sku.value_or(""), " above ",
                     query.id_above.value_or("-"), " page ", query.page);
  const WorldMillis began = stage_.clock.now();
  Read<domain::PageAnswer>(
      [stage = &stage_, query](WorldMillis now) {
        domain::PageAnswer answer = stage->world.List(query, now);
        stage->report.Note(
            "  listed: ",
            absl::StrJoin(answer.records, " ",
                          [](std::string* out, const v1::RemoteProduct& row) {
                            absl::StrAppend(out, row.id(), "=", row.sku());
                          }));
        return answer;
      },
      [stage = &stage_, query, began,
       done = std::move(done)](domain::PageAnswer answer) {
        if (answer.report.effect == Effect::kConfirmed) {
          stage->witness.OnListed(query, answer, began);
        }
        done(std::move(answer));
      });
}

void ScriptedGateway::ListCategories(
    std::function<void(domain::IdsAnswer)> done) {
  stage_.report.Note("LIST categories");
  Read<domain::IdsAnswer>(
      [stage = &stage_](WorldMillis now) {
        domain::IdsAnswer answer;
        answer.report.effect = Effect::kConfirmed;
        answer.report.http_status = 200;
        if (stage->plan.category_from.has_value() &&
            *stage->plan.category_from <= now) {
          answer.ids.emplace_back(kCategory);
        }
        return answer;
      },
      std::move(done));
}

void ScriptedGateway::ListTaxes(std::function<void(domain::IdsAnswer)> done) {
  Read<domain::IdsAnswer>(
      [](WorldMillis) {
        domain::IdsAnswer answer;
        answer.report.http_status = 404;
        answer.report.effect = Effect::kNotApplied;
        answer.absent = true;
        return answer;
      },
      std::move(done));
}

void ScriptedGateway::ListLocations(
    std::function<void(domain::LocationsAnswer)> done) {
  stage_.report.Note("LIST locations");
  Read<domain::LocationsAnswer>(
      [](WorldMillis) {
        domain::LocationsAnswer answer;
        answer.report.http_status = 404;
        answer.report.effect = Effect::kConfirmed;
        answer.absent = true;
        return answer;
      },
      std::move(done));
}

}  // namespace qantara::simulation
