// The decider: commands and state in, events out. Pure.
#ifndef QANTARA_DOMAIN_DECIDE_DECIDER_H_
#define QANTARA_DOMAIN_DECIDE_DECIDER_H_

#include "absl/status/statusor.h"
#include "domain/commands.h"
#include "domain/decision.h"
#include "domain/ports/tables.h"

namespace qantara::domain {

// Events and the answer to the caller, which holds once the events are durable.
template <typename Reply>
struct Decided {
  Events events;
  Reply reply;
};

// Each function decides one command on the rows behind `state`. No events means
// that the command has already taken effect.
//
// Errors of client commands: kNotFound, kAlreadyExists, kFailedPrecondition,
// kAborted and kInvalidArgument with the reasons that the services document.
// Errors of worker commands: kAborted when the state is not the one that the
// worker saw; it looks again. All: kDataLoss when a row cannot be read.

absl::StatusOr<Decided<ImportReply>> Decide(const OpenImport& command,
                                            const TableReader& state,
                                            const DecisionContext& context);
absl::StatusOr<Decided<ImportReply>> Decide(const AcceptLines& command,
                                            const TableReader& state,
                                            const DecisionContext& context);
absl::StatusOr<Decided<ImportReply>> Decide(const EndImport& command,
                                            const TableReader& state,
                                            const DecisionContext& context);
absl::StatusOr<Decided<CreateSingleReply>> Decide(
    const CreateSingle& command, const TableReader& state,
    const DecisionContext& context);
absl::StatusOr<Decided<RecordUpdateReply>> Decide(
    const RecordUpdate& command, const TableReader& state,
    const DecisionContext& context);
absl::StatusOr<Decided<ClaimReply>> Decide(const ClaimCreate& command,
                                           const TableReader& state,
                                           const DecisionContext& context);
absl::StatusOr<Decided<ClaimReply>> Decide(const ClaimUpdate& command,
                                           const TableReader& state,
                                           const DecisionContext& context);
absl::StatusOr<Decided<NoReply>> Decide(const RecordCreateAnswer& command,
                                        const TableReader& state,
                                        const DecisionContext& context);
absl::StatusOr<Decided<NoReply>> Decide(const SettleItems& command,
                                        const TableReader& state,
                                        const DecisionContext& context);
absl::StatusOr<Decided<NoReply>> Decide(const RecordUpdateAnswer& command,
                                        const TableReader& state,
                                        const DecisionContext& context);
absl::StatusOr<Decided<NoReply>> Decide(const RecordStock& command,
                                        const TableReader& state,
                                        const DecisionContext& context);

absl::StatusOr<Decided<NoReply>> Decide(const RecordLocations& command,
                                        const TableReader& state,
                                        const DecisionContext& context);
absl::StatusOr<Decided<NoReply>> Decide(const RecordDrift& command,
                                        const TableReader& state,
                                        const DecisionContext& context);
absl::StatusOr<Decided<NoReply>> Decide(const RecordSweep& command,
                                        const TableReader& state,
                                        const DecisionContext& context);
absl::StatusOr<Decided<NoReply>> Decide(const RecordVerification& command,
                                        const TableReader& state,
                                        const DecisionContext& context);

// kInvalidArgument for more than kMaxSnapshotRows ids.
absl::StatusOr<Decided<TakeStockSnapshotReply>> Decide(
    const TakeStockSnapshot& command, const TableReader& state,
    const DecisionContext& context);
// kFailedPrecondition when `through_position` is below that of the former cut,
// or not below `snapshot_position`, or that is not in the log yet.
absl::StatusOr<Decided<NoReply>> Decide(const CutStockHistory& command,
                                        const TableReader& state,
                                        const DecisionContext& context);

// kAborted when it changed since `seen_position`: read it again.
absl::StatusOr<Decided<NoReply>> Decide(const RetryParked& command,
                                        const TableReader& state,
                                        const DecisionContext& context);
absl::StatusOr<Decided<NoReply>> Decide(const DiscardParked& command,
                                        const TableReader& state,
                                        const DecisionContext& context);

absl::StatusOr<Decided<NoReply>> Decide(const PauseConnection& command,
                                        const TableReader& state,
                                        const DecisionContext& context);
absl::StatusOr<Decided<NoReply>> Decide(const ResumeConnection& command,
                                        const TableReader& state,
                                        const DecisionContext& context);

}  // namespace qantara::domain

#endif  // QANTARA_DOMAIN_DECIDE_DECIDER_H_
