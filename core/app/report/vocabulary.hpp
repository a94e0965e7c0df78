// Which words of an answer are the vendor's – names of members, kinds, modes, units, states – and which may
// be somebody's.
#pragma once

#include <string_view>

namespace foyer::report {

// Is it a word of the vendors' interfaces or of their error messages, whatever its case?
bool is_vocabulary(std::string_view word);

// What a member of that name holds, as far as its disguise is concerned.
enum class Holds {
  anything,
  name,     // what people wrote or who they are: names, mail, city, country, addresses of the web
  id,       // of a home, room, module, plan …
  place,    // coordinates and postal addresses, everything inside included
  zone,     // "Europe/Paris"
  message,  // a sentence of the service
  kind,     // a word out of a list that the vendor may lengthen: type, mode, state, unit
  version,  // of firmware or hardware
  measure,  // a temperature, power, price, position …
};
Holds holds(std::string_view member);

}  // namespace foyer::report
