// Help: what people ask, answered here, and the vendor's words.
#include <array>

#include "shell/views/help.hpp"
#include "shell/views/views.hpp"

namespace foyer::shell {
namespace {

constexpr std::array kWords{W::help_w_plant, W::help_w_ambient, W::help_w_module,  W::help_w_gateway,
                            W::help_w_scope, W::help_w_consent, W::help_w_access,  W::help_w_refresh,
                            W::help_w_id,    W::help_w_pkce,    W::help_w_redirect};

void question(Builder& b, std::size_t at) {
  const HelpRow& row = kHelp[at];
  const std::string id = "help/" + std::to_string(at);
  b.card({.pad = Space::pad,
          .gap = Space::small,
          .parent = {.id = id, .role = Role::listitem, .name = std::string(word(row.question))}},
         [&] {
           b.heading(id + "/q", 3, Type::name, word(row.question));
           b.paragraph(id + "/a", Type::body, Token::ink2, word(row.answer));
           if (!row.leads) return;
           const ViewRow& view = row_of(*row.leads);
           b.button({.id = id + "/go",
                     .name = std::string(word(view.name)) + ": " + std::string(word(row.question)),
                     .label = std::string(word(view.name)),
                     .icon = view.icon,
                     .look = Builder::Look::quiet},
                    go(route_to(b.state, *row.leads)));
         });
}

}  // namespace

void build_help(Builder& b) {
  b.view({.title = W::help, .most = Size::column}, [&] {
    b.paragraph("help/hint", Type::small, Token::ink2, word(W::help_hint));
    b.heading("help/questions", 2, Type::section, word(W::help_questions));
    b.inside({.id = "help/list", .role = Role::list, .name = std::string(word(W::help_questions))}, [&] {
      b.column({.gap = Space::gap}, [&] {
        for (std::size_t at = 0; at < kHelp.size(); ++at) question(b, at);
      });
    });
    b.skip(Space::gap);
    b.heading("help/words", 2, Type::section, word(W::help_words));
    b.card({.pad = Space::pad,
            .gap = Space::small,
            .parent = {.id = "help/glossary", .role = Role::list, .name = std::string(word(W::help_words))}},
           [&] {
             for (std::size_t at = 0; at < kWords.size(); ++at) {
               const std::string id = "help/word/" + std::to_string(at);
               b.inside({.id = id, .role = Role::listitem, .name = std::string(word(kWords[at]))},
                        [&] { b.paragraph(id + "/text", Type::small, Token::ink, word(kWords[at])); });
             }
           });
  });
}

}  // namespace foyer::shell
