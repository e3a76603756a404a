# Writes OUTPUT, a C++ source that holds the text and SHA-256 of each of MIGRATIONS and DEFINITIONS in order, and VERSION.
function(entries_of out)
    set(entries "")
    foreach(file IN LISTS ARGN)
        get_filename_component(name "${file}" NAME_WE)
        file(SHA256 "${file}" checksum)
        file(READ "${file}" text)
        if(text MATCHES "\\)schema\"")
            message(FATAL_ERROR "${file} contains the raw string delimiter )schema\"")
        endif()
        string(APPEND entries "            {\"${name}\", \"${checksum}\", R\"schema(${text})schema\"},\n")
    endforeach()
    set(${out} "${entries}" PARENT_SCOPE)
endfunction()

entries_of(migrations ${MIGRATIONS})
entries_of(definitions ${DEFINITIONS})
string(REGEX MATCH "^([0-9]+)\\.([0-9]+)\\.([0-9]+)$" whole "${VERSION}")
math(EXPR version "${CMAKE_MATCH_1} * 1000000 + ${CMAKE_MATCH_2} * 1000 + ${CMAKE_MATCH_3}")
file(WRITE "${OUTPUT}" "// Generated from db/migrations and db/schema.
#include \"db/provision/embedded_schema.h\"

namespace studio::db {

const Schema &embedded_schema()
{
    static const Schema schema{
        {
${migrations}        },
        {
${definitions}        },
        ${version}};
    return schema;
}

} // namespace studio::db
")
