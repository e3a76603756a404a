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
file(WRITE "${SCRATCH}/tests/support/eventually.h" "    std::this_thread::sleep_for(pause);\n")
file(WRITE "${SCRATCH}/tests/lawful_wait_test.cpp"
    "    sleep_for(1s); // time is the subject: a lease ends\n\n    // time is the subject: a lease ends\n    QTest::qWait(1000);\n")
file(WRITE "${SCRATCH}/tests/lawful_wait.mjs" "  await page.waitForTimeout(9); // time is the subject: a lease ends\n")
expect_accepted(check_test_names.cmake)
expect_accepted(check_waits.cmake)

file(WRITE "${SCRATCH}/tests/small_letter_test.cpp" "\nTEST(Bookings, areMailed) {\n}\n")
file(WRITE "${SCRATCH}/tests/one_word_test.cpp" "\nTEST_P(Bookings, Works) {\n}\n")
file(WRITE "${SCRATCH}/tests/suite_test.cpp" "\nTEST_F(BookingsTest, AreMailed) {\n}\n")
file(WRITE "${SCRATCH}/tests/broken_line_test.cpp" "\nTEST_F(Bookings,\n       are_mailed) {\n}\n")
file(WRITE "${SCRATCH}/tests/camel_slot_test.cpp" "class T {\nprivate slots:\n    void undoReportsTheField() {}\n};\n")
file(WRITE "${SCRATCH}/tests/short_slot_test.cpp" "class T {\nprivate slots:\n    void the_overview() {}\n};\n")
expect_caught(check_test_names.cmake small_letter_test one_word_test suite_test broken_line_test camel_slot_test short_slot_test)

file(WRITE "${SCRATCH}/tests/bare_sleep_test.cpp" "    std::this_thread::sleep_for(20ms);\n")
file(WRITE "${SCRATCH}/tests/other_comment_test.cpp" "    QTest::qWait(200); // longer than it takes\n")
file(WRITE "${SCRATCH}/tests/far_comment_test.cpp" "    // time is the subject: a lease ends\n    int i = 0;\n    QThread::msleep(20);\n")
file(WRITE "${SCRATCH}/tests/unsaid_test.cpp" "    ::sleep(1); // time is the subject: \n")
file(WRITE "${SCRATCH}/tests/page_sleep.mjs" "  await page.waitForTimeout(300);\n")
file(WRITE "${SCRATCH}/tests/timer_sleep.mjs" "  await new Promise((resolve) => setTimeout(resolve, 40));\n")
file(WRITE "${SCRATCH}/tests/shell_sleep.sh" "sleep 1\n")
expect_caught(check_waits.cmake bare_sleep_test other_comment_test far_comment_test unsaid_test page_sleep timer_sleep shell_sleep)
