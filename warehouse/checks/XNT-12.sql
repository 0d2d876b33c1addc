-- code: XNT-12
-- class: S
-- severity: info
-- title: 成绩与问题表述相反 · What is praised is listed as a problem too
-- rule: 同一事项（预算编制、预算执行、制度、资产）在成绩部分自述规范，在问题部分又列为不足
-- tolerance: 无
-- false positives: 套用的表述
WITH part AS (
    SELECT
        report_id, min(form_id) AS form_id,
        string_agg(text, chr(10) ORDER BY seq) FILTER (regexp_matches(heading, '问题|不足')) AS problems,
        min(ref) FILTER (regexp_matches(heading, '问题|不足')) AS problem_ref,
        string_agg(text, chr(10) ORDER BY seq) FILTER (NOT regexp_matches(heading, '问题|不足|原因|措施|建议|打算|计划|下一步')) AS praises,
        arg_max(ref, CASE WHEN regexp_matches(heading, '管理|绩效') THEN length(text) ELSE 0 END) FILTER (
            NOT regexp_matches(heading, '问题|不足|原因|措施|建议|打算|计划|下一步')
        ) AS praise_ref
    FROM audit.section
    WHERE form_kind = 'narrative' AND length(text) > 0 AND (
        regexp_matches(heading, '问题|不足') OR contains(text, '预算') OR contains(text, '制度') OR contains(text, '资产')
    )
    GROUP BY report_id
),
told AS (
    SELECT
        report_id, form_id, praise_ref, problem_ref,
        unnest([
            {
                'topic': '预算编制',
                'praise': regexp_extract(praises, '科学、?合理、?编制预算|预算编制(?:科学|合理|规范|精准)|(?:科学|合理|精准)编制(?:部门)?预算'),
                'problem': regexp_extract(problems, '(?:预算编制|编制预算|预算绩效管理的合理性|预算管理的科学)[^。；\n]{0,24}(?:不够|不足|不科学|不合理|不精|不细|有待|加强|提高|差距|欠)')
            },
            {
                'topic': '预算执行',
                'praise': regexp_extract(praises, '预算执行(?:良好|到位|规范|有力|进度良好)|严格执行(?:部门)?预算'),
                'problem': regexp_extract(problems, '(?:预算执行|执行进度|支付进度)[^。；\n]{0,15}(?:偏差|偏慢|不够|不均衡|缓慢|滞后|有待|较慢|偏低)')
            },
            {
                'topic': '制度',
                'praise': regexp_extract(praises, '制度(?:健全|完善|完备)'),
                'problem': regexp_extract(problems, '制度[^。；\n]{0,10}(?:不健全|不完善|不够健全|不够完善|有待)')
            },
            {
                'topic': '资产管理',
                'praise': regexp_extract(praises, '资产管理(?:规范|到位|良好)'),
                'problem': regexp_extract(problems, '资产[^。；\n]{0,15}(?:不规范|不到位|不够|不符|有待|薄弱)')
            }
        ]) AS t
    FROM part
    WHERE problems IS NOT NULL AND praises IS NOT NULL
)
SELECT
    report_id, form_id, t.topic AS subject, [praise_ref, problem_ref] AS evidence,
    CASE WHEN t.praise <> '' AND t.problem <> '' THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN status = 'fail' THEN format('“{}”在前文自述“{}”，在存在的问题中又写“{}”，建议核实。', t.topic, t.praise, t.problem) END AS message
FROM told
