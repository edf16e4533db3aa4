import type { Absence, Conclusion, Mismatch, Proof, ProvenPart } from './findings';

/** What is said to people about a finding, in the languages of the verification page and of the command-line verifier. */
export interface Words {
  zh: string;
  en: string;
}

export const conclusionWords: Readonly<Record<Conclusion, Words>> = {
  genuine: { zh: '核验通过', en: 'Genuine' },
  wrong: { zh: '核验未通过', en: 'Does not match' },
  open: { zh: '尚不能确认', en: 'Not proven yet' },
};

export const partWords: Readonly<Record<ProvenPart, Words>> = {
  document: { zh: 'PDF 文件', en: 'PDF file' },
  record: { zh: '存证内容', en: 'Record' },
  signature: { zh: '本系统电子签名', en: 'Our signature' },
  'time-stamp': { zh: '可信时间戳', en: 'Time stamp' },
  signer: { zh: '确认人的签名', en: 'The person’s signature' },
  log: { zh: '透明日志', en: 'Transparency log' },
  portrait: { zh: '人像', en: 'Portrait' },
};

export const proofWords: Readonly<Record<Proof, Words>> = {
  document_signed: { zh: '由本系统签名，签名后未被改动', en: 'signed by us, and not changed since' },
  document_stamped: {
    zh: '由本系统签名，签名后未被改动，签名时间由时间戳机构证明',
    en: 'signed by us, and not changed since; an authority says when',
  },
  record_intact: { zh: '与摘要值一致', en: 'is what its hash was made of' },
  record_signed: { zh: '由本系统签名，未被改动', en: 'signed by us, and not changed' },
  time_stamped: {
    zh: '时间戳机构证明其在所示时间已经存在',
    en: 'an authority says that it was there at this time',
  },
  signer_certified: {
    zh: '由电子认证服务机构为本次签字签发的证书证明',
    en: 'by a certificate that an authority issued for this signature alone',
  },
  signer_agreed_terms: {
    zh: '按照本人同意的约定，手写签字有效',
    en: 'drawn by hand, under terms that the person agreed to',
  },
  signer_on_paper: { zh: '本人在纸上签字，经两名工作人员审核', en: 'on paper, accepted by two clerks' },
  portrait_named: { zh: '与存证内容所载摘要值一致', en: 'is the one that the record names' },
  in_log: { zh: '已列入透明日志', en: 'is in the log' },
};

export const absenceWords: Readonly<Record<Absence, Words>> = {
  not_yet: {
    zh: '尚未完成，稍后补充，请过后再核验',
    en: 'not there yet; it is added later. Verify again then',
  },
  not_given: {
    zh: '提交的文件中没有，凭存证编号和核验码可以查到',
    en: 'not in this file; number and code show it',
  },
  no_keys: { zh: '未提供所需的公钥或者根证书，未作核验', en: 'not verified: its keys were not given' },
  signed_before_terms: {
    zh: '签字时尚无约定条款，仅有手写签字',
    en: 'drawn by hand, before there were terms to agree to',
  },
  record_deleted: { zh: '保存期限届满，内容已删除', en: 'deleted when its time was over' },
};

const altered: Words = {
  zh: '已被改动，不予认可。请向出具人索取原件，或者凭存证编号和核验码核验',
  en: 'was changed. Ask for the original, or verify by number and code',
};
const ofAnother: Words = {
  zh: '属于另一份存证，不能证明本件',
  en: 'belongs to something else, and proves nothing here',
};
const unusable: Words = {
  zh: '不符合格式，无法核验。请提交原始文件',
  en: 'has not the form of ours. Submit the original file',
};
const untrusted: Words = {
  zh: '签发机构不在信任名单内，不予认可',
  en: 'was issued by somebody whom nobody trusts here',
};

export const mismatchWords: Readonly<Record<Mismatch, Words>> = {
  not_ours: {
    zh: '本系统没有这份存证。请核对文件是否完整、是否由本系统出具',
    en: 'We have never made it. Check that the file is whole and is ours',
  },
  record_altered: altered,
  record_malformed: unusable,
  pdf_not_signed: {
    zh: '没有本系统的电子签名，打印后扫描的文件不能核验',
    en: 'is not signed. A scan of a print can’t be verified',
  },
  pdf_not_covered: {
    zh: '签名后又添加了内容，不予认可。请提交原始文件',
    en: 'has something that was added after it was signed',
  },
  pdf_altered: altered,
  pdf_signer_unknown: { zh: '不是本系统签名的文件', en: 'is signed by somebody else' },
  pdf_key_not_live: {
    zh: '签名时所用密钥不在有效期内，不予认可',
    en: 'is signed by a key of ours that was not in use then',
  },
  jws_malformed: unusable,
  key_unknown: { zh: '签名所用密钥不是本系统的', en: 'is by a key that is not ours' },
  key_not_live: {
    zh: '签名时所用密钥不在有效期内，不予认可',
    en: 'is by a key of ours that was not in use then',
  },
  signature_wrong: altered,
  number_differs: ofAnother,
  portrait_differs: ofAnother,
  stamped_after_key: {
    zh: '加盖时间戳时签名密钥已经停用，不予认可',
    en: 'was stamped when our key was in use no more',
  },
  checkpoint_not_published: {
    zh: '与本系统公布的日志不一致，请向登记机关反映',
    en: 'is not of the log that we have published. Tell the authority',
  },
  time_stamp_altered: altered,
  time_stamp_malformed: unusable,
  time_stamp_of_another_hash: ofAnother,
  time_stamp_policy_differs: untrusted,
  time_stamp_certificate_missing: unusable,
  time_stamp_signature_wrong: altered,
  time_stamp_certificate_purpose: untrusted,
  time_stamp_untrusted: untrusted,
  signer_answer_malformed: unusable,
  signer_certificate_untrusted: untrusted,
  signer_certificate_purpose: untrusted,
  signer_certificate_of_another: { zh: '证书属于另一人', en: 'is certified for another person' },
  signer_certificate_time: {
    zh: '证书不是在签字时签发的',
    en: 'has a certificate that was not issued when the person signed',
  },
  signer_signature_wrong: altered,
  signer_terms_missing: { zh: '存证中没有本人同意的约定', en: 'has no terms to which the person agreed' },
  log_proof_malformed: unusable,
  checkpoint_not_signed: {
    zh: '日志检查点没有可信的签名',
    en: 'has a checkpoint that the log has not signed',
  },
  log_proof_of_another: ofAnother,
};
