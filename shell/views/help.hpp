// What people ask, and where the answer leads.
#pragma once

#include <array>
#include <optional>

#include "core/app/state/state.hpp"
#include "shell/words.hpp"

namespace foyer::shell {

struct HelpRow {
  W question, answer;
  std::optional<Route::View> leads{};
};
// `leads`: the view that the answer speaks of.
inline constexpr std::array kHelp{
    HelpRow{W::help_account_q, W::help_account_a, Route::View::setup},
    HelpRow{W::help_demo_q, W::help_demo_a, {}},
    HelpRow{W::help_calls_q, W::help_calls_a, Route::View::journal},
    HelpRow{W::help_local_q, W::help_local_a, {}},
    HelpRow{W::help_consent_q, W::help_consent_a, {}},
    HelpRow{W::help_declined_q, W::help_declined_a, Route::View::problems},
    HelpRow{W::help_lasts_q, W::help_lasts_a, {}},
    HelpRow{W::help_empty_q, W::help_empty_a, Route::View::setup},
    HelpRow{W::help_password_q, W::help_password_a, Route::View::problems},
    HelpRow{W::help_offline_q, W::help_offline_a, Route::View::problems},
    HelpRow{W::help_unconfirmed_q, W::help_unconfirmed_a, {}},
    HelpRow{W::help_kept_q, W::help_kept_a, Route::View::settings},
    HelpRow{W::help_fault_q, W::help_fault_a, Route::View::problems},
    HelpRow{W::help_ids_q, W::help_ids_a, Route::View::topology},
    HelpRow{W::help_keys_q, W::help_keys_a, Route::View::setup},
};

}  // namespace foyer::shell
