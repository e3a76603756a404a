# Writes OUTPUT: the JSON files of FOLDER as text constants. FILES are paths such as elegant/theme.json.
set(text "// Made from resources/starting_sites.\n#include \"models/tenant/embedded_templates.h\"\n\nnamespace studio::models {\n\n")
string(APPEND text "std::string_view embedded_template(std::string_view name) {\n")
foreach(file IN LISTS FILES)
    file(READ "${FOLDER}/${file}" content)
    string(APPEND text "    if (name == \"${file}\")\n        return R\"template(${content})template\";\n")
endforeach()
string(APPEND text "    return {};\n}\n\n} // namespace studio::models\n")
file(WRITE "${OUTPUT}" "${text}")
