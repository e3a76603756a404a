# Run by site/CMakeLists.txt at build time: cmake -DLIST=… -DASM=… -DCPP=… -P embed.cmake
# LIST holds lines "kind|name|content type|path". Writes an assembly file that takes the bytes in with .incbin and the
# table site/embedded.h speaks of.
cmake_minimum_required(VERSION 3.23)
file(STRINGS "${LIST}" entries)
set(assembly ".section .rodata\n")
set(declarations "")
set(rows "")
set(index 0)
foreach(entry IN LISTS entries)
    string(REPLACE "|" ";" fields "${entry}")
    list(GET fields 0 kind)
    list(GET fields 1 name)
    list(GET fields 2 type)
    list(GET fields 3 path)
    if(type MATCHES "^text/")
        string(APPEND type "; charset=utf-8")
    endif()
    file(SIZE "${path}" size)
    file(SHA256 "${path}" digest)
    string(SUBSTRING "${digest}" 0 8 digest)
    string(REGEX REPLACE "^(.*)\\.([a-z0-9]+)$" "\\1.${digest}.\\2" hashed "${name}")
    string(APPEND assembly ".balign 16\n.global studio_site_file_${index}\nstudio_site_file_${index}:\n"
        ".incbin \"${path}\"\n")
    string(APPEND declarations "extern const char studio_site_file_${index}[];\n")
    string(APPEND rows "    {EmbeddedKind::${kind}, \"${name}\", \"${hashed}\", \"${type}\", "
        "{studio_site_file_${index}, ${size}}},\n")
    math(EXPR index "${index} + 1")
endforeach()
string(APPEND assembly ".section .note.GNU-stack,\"\",@progbits\n")
file(WRITE "${ASM}" "${assembly}")
file(WRITE "${CPP}" "#include \"site/embedded.h\"\n\nextern \"C\" {\n${declarations}}\n\n"
    "namespace studio::site {\n\nstd::span<const EmbeddedFile> embedded_files() {\n"
    "    static const EmbeddedFile files[] = {\n${rows}    };\n    return files;\n}\n\n} // namespace studio::site\n")
