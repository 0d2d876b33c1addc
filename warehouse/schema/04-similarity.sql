-- What is kept of the prose of a report to find reports that resemble it, made anew whenever it is needed.
CREATE TABLE IF NOT EXISTS core.sketch (
    form_id VARCHAR NOT NULL,
    sentences BLOB NOT NULL,
    slots BLOB NOT NULL,
    among INTEGER NOT NULL
);
COMMENT ON TABLE core.sketch IS '正文指纹：句子摘要与抽样 · fingerprint of a report in prose: digests of its sentences, sketch of its shingles';

CREATE TABLE IF NOT EXISTS core.near_duplicate (
    earlier_report_id VARCHAR NOT NULL,
    earlier_form_id VARCHAR NOT NULL,
    later_report_id VARCHAR NOT NULL,
    later_form_id VARCHAR NOT NULL,
    relation VARCHAR NOT NULL,
    similarity DOUBLE NOT NULL,
    same_numbers BOOLEAN NOT NULL
);
COMMENT ON TABLE core.near_duplicate IS '模板语句之外高度相似的正文 · reports whose prose is nearly the same outside sentences that many use';
