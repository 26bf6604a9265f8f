-- The facts of one plan of one county, made up: a table macro for each table of facts, with its rows in the order of ``facts``.
-- ``key`` says which plan of which county it is; every value is drawn from it, so the same key gives the same rows.
-- A plan has ten tasks a measure, four measures a problem, two hundred stretches a measure, one class of units in four.

CREATE MACRO draw(key, subject, what, most) AS ((hash(key, subject, what) >> 2) % most)::INTEGER;
CREATE MACRO plus(day, days) AS day + (days)::INTEGER;
CREATE MACRO kind_of(number) AS number % 4 + 1;
CREATE MACRO unit_name(number) AS '第' || lpad(number::VARCHAR, 4, '0') || ['局', '镇', '社区', '学校'][kind_of(number)];
CREATE MACRO class_name(number) AS ['县直单位', '乡镇', '社区', '学校'][kind_of(number)];
CREATE MACRO measure_name(nth) AS (nth // 4 + 1) || '-' || (nth % 4 + 1);
CREATE MACRO nature_of(key, problem) AS ['共性', '个性', ''][draw(key, problem, 'nature', 3) + 1];
CREATE MACRO source_of(key, problem) AS ['巡视反馈', '审计', '督查、巡视反馈'][draw(key, problem, 'source', 3) + 1];

-- The last day of the stretch before the ``nth`` one is somewhere in the ``nth`` part of the time, so that days never run backwards.
CREATE MACRO cut(issued, key, subject, nth, part) AS
    plus(issued, CASE nth WHEN 0 THEN 0 ELSE nth * part + draw(key, subject * 100 + nth, 'cut', part) END);

CREATE MACRO tasks(key, plan_name, number, units, issued, through) AS TABLE
WITH task AS (
    SELECT *, n // 10 AS nth, n // 40 + 1 AS problem_number,
        -- two tasks together have forty stretches, so that a plan has exactly twenty times as many as tasks
        CASE n % 2 WHEN 0 THEN 12 + draw(key, n // 2, 'stretches', 17) ELSE 28 - draw(key, n // 2, 'stretches', 17) END AS stretches,
        least(through - issued, 500 + draw(key, n, 'active', 1200)) // stretches AS part,
        (draw(key, n // 10, 'unit', units) + n % 10) % units AS first_unit,
        ['限期整改', '限期整改', '限期整改', '立行立改', '限期整改', '分阶段整改', '长期坚持', '限期整改', '例行', '限期整改'][draw(key, nth, 'category', 10) + 1] AS its_category,
        CASE WHEN draw(key, n, 'ends', 100) < 85 THEN stretches * (40 + draw(key, n, 'when', 50)) // 100 ELSE 99 END AS done,
        last_day(plus(issued, 200 + draw(key, nth, 'due', 1000))) AS first_due,
        draw(key, n, 'extended', 10) = 0 AS is_extended, draw(key, n, 'money', 10) = 0 AS has_money, draw(key, n, 'merged', 50) = 0 AS is_merged,
        draw(key, n, 'reopened', 20) = 0 AS is_reopened, draw(key, n, 'returned', 8) = 0 AS is_returned, draw(key, nth, 'followed', 20) AS after
    FROM range(number) AS all_tasks(n)
), stretch AS (
    SELECT *, i > stretches // 2 AS later,
        CASE WHEN is_merged AND later THEN first_unit // 2 ELSE first_unit END AS now_unit,
        cut(issued, key, n, i, part) AS first_day,
        CASE i WHEN stretches - 1 THEN plus(through, 1) ELSE cut(issued, key, n, i + 1, part) END AS end_day,
        CASE WHEN its_category = '长期坚持' THEN 'long_term' WHEN its_category = '例行' THEN 'recurring' WHEN i >= done THEN 'completed'
            WHEN i = 0 THEN 'not_started' WHEN i >= done * 0.8 THEN 'basically_done' ELSE 'in_progress' END AS its_group,
        CASE WHEN its_category <> '例行' THEN plus(first_due, CASE WHEN is_extended AND later THEN 90 ELSE 0 END) END AS its_due,
        coalesce(its_group IN ('not_started', 'in_progress', 'basically_done') AND first_day > its_due, false) AS is_late,
        CASE WHEN is_late THEN '红' WHEN its_group = 'completed' THEN '绿' ELSE ['黄', '蓝', '蓝', '蓝'][draw(key, n * 100 + i, 'light', 4) + 1] END AS its_light
    FROM task, range(28) AS all_stretches(i) WHERE i < stretches
)
SELECT plan_name AS plan, problem_number AS problem, measure_name(nth) AS measure, unit_name(first_unit) AS given, unit_name(now_unit) AS unit,
    class_name(now_unit) AS unit_class, its_category AS category,
    CASE its_category WHEN '长期坚持' THEN '长期' WHEN '例行' THEN '例行' WHEN '立行立改' THEN '立改' ELSE '限期' END AS sort,
    nature_of(key, problem_number) AS nature, source_of(key, problem_number) AS source, first_day AS valid_from, end_day AS valid_to, true AS in_force,
    CASE its_group WHEN 'not_started' THEN '未启动' WHEN 'basically_done' THEN '基本完成' WHEN 'completed'
        THEN ['已完成', '申请销号', '初审通过', '复核通过', '公示中', '已销号'][least(i - done, 5) + 1] ELSE '整改中' END AS state,
    its_group AS "group", its_light AS light, its_group = 'completed' AND i - done >= 5 AS closed, its_group = 'completed' AND after = 0 AS followed,
    its_group IN ('completed', 'long_term') AND after = 0 AS continuous, its_group = 'in_progress' AND after = 1 AS unread_deadline, is_late AS overdue,
    CASE WHEN is_late THEN draw(key, n, 'steps', 3) ELSE 0 END AS overdue_steps, is_late AS red, its_due AS due,
    CASE WHEN its_group NOT IN ('long_term', 'recurring') THEN least((its_due - issued) // 240 + 1, 3) END AS due_phase,
    its_group NOT IN ('long_term', 'recurring') AND (its_group = 'completed' OR is_late) AS due_counts, its_group = 'completed' AND first_day <= its_due AS on_time,
    1 + (is_reopened AND later)::INTEGER AS round, is_extended AND i > stretches // 3 AS requests, is_extended AND later AS extensions,
    is_returned AND later AS returns, is_reopened AND later AS relapses,
    CASE its_group WHEN 'recurring' THEN i ELSE 0 END AS duties_on_time, CASE its_group WHEN 'recurring' THEN i // 6 ELSE 0 END AS duties_late,
    CASE its_group WHEN 'recurring' THEN i // 9 ELSE 0 END AS duties_missed,
    CASE WHEN has_money THEN i // 3 * draw(key, n, 'rectified', 100_000)::BIGINT * 100 ELSE 0 END AS rectified,
    CASE WHEN has_money THEN i // 5 * draw(key, n, 'recovered', 1_000) * 10 ELSE 0 END AS recovered, 0 AS loss_avoided
FROM stretch ORDER BY n, i;

-- A measure answers its own problem, one in twelve the next problem too.
CREATE MACRO problems(key, plan_name, number, units, issued, through) AS TABLE
WITH answer AS (
    SELECT nth, nth // 4 + 1 AS its_problem, true AS is_own FROM range(number // 10) AS measures(nth)
    UNION ALL SELECT nth, nth // 4 + 2, false FROM range(number // 10 - 4) AS measures(nth) WHERE nth % 12 = 0
)
SELECT plan_name AS plan, its_problem AS problem, measure_name(nth) AS measure, is_own AS own, nature_of(key, its_problem) AS nature,
    source_of(key, its_problem) AS source, CASE WHEN its_problem % 3 = 0 THEN draw(key, its_problem, 'amount', 1_000_000) * 100::BIGINT END AS amount,
    issued AS valid_from, plus(through, 1) AS valid_to
FROM answer ORDER BY its_problem, nth;

-- Every measure is in the first two phases, none in the third.
CREATE MACRO phases(key, plan_name, number, units, issued, through) AS TABLE
WITH placed AS (
    SELECT phase_number, nth FROM range(1, 3) AS all_phases(phase_number), range(number // 10) AS measures(nth) UNION ALL SELECT 3, NULL
)
SELECT plan_name AS plan, phase_number AS phase, ['集中整改', '持续推进', '融入经常'][phase_number] AS name, plus(issued, (phase_number - 1) * 240) AS start,
    CASE WHEN phase_number < 3 THEN plus(issued, phase_number * 240 - 1) END AS "end", measure_name(nth) AS measure, issued AS valid_from, plus(through, 1) AS valid_to
FROM placed ORDER BY phase_number, nth;

-- A unit is silent for up to five weeks, then heard of again, thirty times.
CREATE MACRO scores(key, plan_name, number, units, issued, through) AS TABLE
WITH unit_stretch AS (SELECT *, (through - issued) // 30 AS part FROM range(units) AS all_units(u), range(30) AS stretches(i))
SELECT plan_name AS plan, unit_name(u) AS unit, u + 1 AS unit_nth, class_name(u) AS unit_class, kind_of(u) AS class_nth,
    cut(issued, key, -u - 1, i, part) AS valid_from, CASE i WHEN 29 THEN plus(through, 1) ELSE cut(issued, key, -u - 1, i + 1, part) END AS valid_to,
    (i + u) % 6 AS silent_weeks, false AS ended
FROM unit_stretch ORDER BY u, i;

CREATE MACRO activity(key, plan_name, number, units, issued, through) AS TABLE
SELECT plan_name AS plan, unit_name(u) AS unit, kind, strftime(plus(issued, week * 7), '%G-W%V') AS week, 1 + draw(key, u * 100 + week, kind, 30) AS entries
FROM range(units) AS all_units(u), range(20) AS weeks(week), (VALUES ('进展'), ('完成'), ('检查')) AS kinds(kind) ORDER BY u, week, kind;
