# Plants lawful and unlawful tests and expects the checks of names and of waits to accept the ones and to name each of the
# others. Run with -DSCRATCH=<folder>, which is removed first.
cmake_minimum_required(VERSION 3.23)

# Runs CHECK over the scratch folder; the lawful files alone pass, and each of the files in ARGN is named.
function(expect_caught check)
    execute_process(COMMAND ${CMAKE_COMMAND} -DROOT=${SCRATCH} -P ${CMAKE_CURRENT_LIST_DIR}/${check}
        RESULT_VARIABLE code ERROR_VARIABLE error OUTPUT_QUIET)
    if(code EQUAL 0)
        message(FATAL_ERROR "${check} did not catch the planted violations")
    endif()
    foreach(file IN LISTS ARGN)
        if(NOT error MATCHES "${file}")
            message(FATAL_ERROR "${check} did not name ${file}: ${error}")
        endif()
    endforeach()
endfunction()

function(expect_accepted check)
    execute_process(COMMAND ${CMAKE_COMMAND} -DROOT=${SCRATCH} -P ${CMAKE_CURRENT_LIST_DIR}/${check}
        RESULT_VARIABLE code ERROR_VARIABLE error OUTPUT_QUIET)
    if(NOT code EQUAL 0)
        message(FATAL_ERROR "${check} refused what is lawful: ${error}")
    endif()
endfunction()

file(REMOVE_RECURSE "${SCRATCH}")
file(WRITE "${SCRATCH}/tests/lawful_test.cpp" "\nTEST_F(Bookings, AreMailedWhileAWebhookHangs) {\n}\n")
file(WRITE "${SCRATCH}/tests/lawful_slots_test.cpp"
    "class T {\nprivate slots:\n    void initTestCase() {}\n    void undo_reports_the_field() {}\n\nprivate:\n    void help() {}\n};\n")
expect_accepted(check_test_names.cmake)

file(WRITE "${SCRATCH}/tests/small_letter_test.cpp" "\nTEST(Bookings, areMailed) {\n}\n")
file(WRITE "${SCRATCH}/tests/one_word_test.cpp" "\nTEST_P(Bookings, Works) {\n}\n")
file(WRITE "${SCRATCH}/tests/suite_test.cpp" "\nTEST_F(BookingsTest, AreMailed) {\n}\n")
file(WRITE "${SCRATCH}/tests/broken_line_test.cpp" "\nTEST_F(Bookings,\n       are_mailed) {\n}\n")
file(WRITE "${SCRATCH}/tests/camel_slot_test.cpp" "class T {\nprivate slots:\n    void undoReportsTheField() {}\n};\n")
file(WRITE "${SCRATCH}/tests/short_slot_test.cpp" "class T {\nprivate slots:\n    void the_overview() {}\n};\n")
expect_caught(check_test_names.cmake small_letter_test one_word_test suite_test broken_line_test camel_slot_test short_slot_test)
