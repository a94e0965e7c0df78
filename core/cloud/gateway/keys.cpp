// Two subscription keys (E5): what a check of both says, and how one is changed without downtime – use the
// other one, deploy it, regenerate the old one, and, if wanted, use the new one.
#include "core/cloud/gateway/gateway.hpp"

namespace foyer {
namespace {

using policy::Condition;
using policy::Notice;

bool refused(const KeyCheck& key) { return key.condition == Condition::key_refused; }
// Whatever else happened, the key itself was let through.
bool works(const KeyCheck& key) { return key.there && key.condition == Condition::ok; }

}  // namespace

KeyStep key_step(const KeyCheck& first, const KeyCheck& second, bool deployed, bool regenerated) {
  if (regenerated) return works(first) && first.in_use ? KeyStep::done : KeyStep::use_new;
  if (!works(second) || !second.in_use) return KeyStep::use_other;
  return deployed ? KeyStep::regenerate : KeyStep::deploy;
}

const policy::Message& message_of(KeyStep step) {
  switch (step) {
    case KeyStep::use_other:
      return policy::message(Notice::key_step_other);
    case KeyStep::deploy:
      return policy::message(Notice::key_step_deploy);
    case KeyStep::regenerate:
      return policy::message(Notice::key_step_regenerate);
    case KeyStep::use_new:
      return policy::message(Notice::key_step_return);
    case KeyStep::done:
      break;
  }
  return policy::message(Notice::key_both_work);
}

const policy::Message* message_of(const KeyCheck& first, const KeyCheck& second) {
  if (!first.there) return nullptr;
  if (refused(first) && (refused(second) || !second.there)) return &policy::message(Condition::key_refused);
  if (refused(first)) return &policy::message(Notice::key_primary_refused);
  if (refused(second)) return &policy::message(Notice::key_secondary_refused);
  if (!works(first)) return &policy::message(first.condition);
  if (second.there && !works(second)) return &policy::message(second.condition);
  return second.there ? &policy::message(Notice::key_both_work) : &policy::message(Condition::ok);
}

}  // namespace foyer
