# Writes OUTPUT, a C++ source that holds the text and SHA-256 of each of FILES in order.
set(entries "")
foreach(file IN LISTS FILES)
    get_filename_component(name "${file}" NAME_WE)
    file(SHA256 "${file}" checksum)
    file(READ "${file}" text)
    if(text MATCHES "\\)migration\"")
        message(FATAL_ERROR "${file} contains the raw string delimiter )migration\"")
    endif()
    string(APPEND entries "        {\"${name}\", \"${checksum}\", R\"migration(${text})migration\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "// Generated from db/migrations.
#include \"db/embedded_migrations.h\"

namespace studio::db {

const std::vector<Migration> &embedded_migrations()
{
    static const std::vector<Migration> migrations{
${entries}    };
    return migrations;
}

} // namespace studio::db
")
