// The one door from C++ to the page's own modules: Module.tell(what, text, number), see page.hpp for the list.
addToLibrary({
  foyer_page_tell__deps: ['$UTF8ToString'],
  foyer_page_tell: (what, text, number) => Module['tell'](what, UTF8ToString(text), number),
});
