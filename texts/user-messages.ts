import type { PhoneState } from '../domain/decisions';
import type { StuckCause } from '../domain/stuck';

/** The Chinese message for each code: the event and the next action. The mini-program contains the English messages. */
export const userMessages = {
  bad_request: '请求不符合 HTTP 规范或存在歧义，请检查后重试。',
  bad_json: '请求内容不是有效的 JSON，请检查后重新提交。',
  json_key_repeated: '请求内容中有重复的字段名，请检查后重新提交。',
  idempotency_key_missing: '请求缺少 Idempotency-Key，请更新小程序后重试。',
  not_signed_in: '登录已失效，请重新登录；使用小程序的，请重新进入小程序。',
  sign_in_refused: '登录名或密码不正确，或该账号已停用。请核对后重试，或联系管理员。',
  sign_in_later: '密码输错次数较多，请稍后再试；在曾经登录过的电脑上登录不受他人输错的影响。',
  request_not_verified: '请求签名未通过验证，请检查签名、时间和密钥。',
  nonce_replayed: '该请求已经提交过，请使用新的随机数重新签名。',
  authority_not_permitted: '该系统无权为此登记机关或此类业务推送。',
  not_your_right: '您的角色不能进行此操作，如有需要请联系管理员。',
  provider_unavailable: '统一身份认证暂时无法使用，请稍后再试，或者使用登录名和密码登录。',
  provider_sign_in_cancelled:
    '您没有在统一身份认证中完成登录，或者没有同意授权。请重新登录，或者使用登录名和密码登录。',
  provider_sign_in_void:
    '本次统一身份认证登录已超时、已使用，或者不是在这个浏览器中发起的。请回到登录页重新登录。',
  provider_answer_invalid:
    '统一身份认证返回的结果未通过校验，本次没有登录。请重新登录；再次出现的，请联系管理员，并使用登录名和密码登录。',
  provider_account_unlinked:
    '您的统一身份认证账号尚未与本系统的账号关联。请联系管理员关联，或者使用登录名和密码登录。',
  clerk_disabled: '您在本系统的账号已停用，不能登录。如有疑问，请联系管理员。',
  provider_account_taken: '该统一身份认证账号已与另一个账号关联。请核对后重新提出，或者先解除原来的关联。',
  password_change_required: '当前密码为一次性密码，请先修改密码，再用新密码登录。',
  second_factor_required: '请先完成第二步验证；还没有绑定验证方式的，请先绑定身份验证器或通行密钥。',
  reauthentication_required: '为确认是您本人操作，请再次完成第二步验证，然后重新提交。',
  csrf_missing: '页面校验信息缺失或已失效，请刷新页面后重试。',
  not_on_oneself: '不能对自己的账号进行此操作，请由其他管理员办理；修改密码请使用「修改密码」。',
  not_found: '没有找到相应内容，请返回后重试。',
  method_not_allowed: '不支持该请求方式。',
  request_timeout: '请求未在规定时间内发送完毕，请检查网络后重试。',
  busy: '上一步正在处理，请稍候再试。',
  not_allowed_now: '当前步骤不能进行此操作，页面已更新，请按当前步骤操作。',
  leave_matter_first: '您正在办理一项业务，请先取消签字或暂不认证，返回待办事项后再撤回同意。',
  stale: '页面内容已更新，请查看最新内容后再操作。',
  consent_outdated:
    '《个人信息处理规则》已更新，请阅读新版并同意后再继续；不同意的，可结束办理或到登记机关窗口办理。',
  journey_closed: '本次办理已结束，请重新录入信息。',
  version_conflict: '该版本已存在且内容不同，或已有更高版本。',
  invitation_over: '该人员已确认或已拒绝，或者该业务已不能确认，无需再次邀请。',
  invited_lately: '一小时内已请登记系统向该人员重发邀请，请稍后再试。',
  matter_not_open: '该业务已有结果，不能再撤回。',
  verification_refused: '存证编号或者核验码有误。请对照业务确认书重新填写，或者扫描其中的二维码。',
  evidence_file_unreadable:
    '无法识别该文件。请选择业务确认书、认证人像信息的原始 PDF 文件，或者 evidence.json，不要使用打印后扫描的文件。',
  not_confirmed: '列出的存证编号中有不属于该业务该版本有效确认的，请核对后重新提交，本次未作任何更改。',
  flag_reviewed: '该风险提示已有复核结论，或已转到新版本，请刷新列表。',
  not_for_this_cause: '该决定不适用于当前受阻原因，请刷新后重新选择。',
  needs_second_clerk: '该决定需两名经办人员共同作出，请提交复核。',
  proposal_pending: '已有待复核的决定，请等待复核结果。',
  proposal_unknown: '该待复核决定不存在或已有结果，请刷新。',
  proposal_expired: '该待复核决定已过期，请重新提出。',
  too_many_proposals: '您今日为该办理件提请复核已达10次，请由其他工作人员提请，或明天再提请。',
  not_the_reviewer: '该决定由系统指定的另一名经办人员复核，您不能复核。',
  not_the_proposer: '该待复核决定由他人提出，只有提出人可以撤回。',
  reason_unsuitable: '所选理由不适用于该决定或当前受阻原因，请重新选择。',
  claimed_by_other: '该办理件正由其他工作人员办理，您填写的内容已保留，请待其办结或释放后再操作。',
  claim_expired: '您尚未领取该办理件，或领取已超时，填写的内容已保留。请重新领取，核对最新内容后再提交。',
  clerk_unsuitable: '该工作人员已停用、没有相应权限或不负责该登记机关，请改选他人。',
  nobody_above: '没有可以接收的复核人员或上级登记机关工作人员，请联系管理员。',
  too_many_snoozed: '您暂缓的办理件已达50件，请先处理其中一部分。',
  too_many_notes: '该办理件的备注已达200条，不能再添加。',
  too_many_views: '保存的视图已达上限，请删除不用的视图后再保存。',
  login_taken: '该登录名已被使用，请换一个。',
  login_waits: '该登录名已有新增事项等待批准，请勿重复提出。',
  needs_another_admin: '该事项须由另一名管理员批准，提出人不能自行批准。',
  act_not_pending: '该事项已有结果、已撤销或已过期，请刷新列表；仍需办理的，请重新提出。',
  act_not_yet: '目前仅有一名管理员，该事项自提出起满24小时后方可办理。',
  body_too_large: '提交的内容过大。',
  content_type_not_json: '请以 application/json 提交内容。',
  content_type_unsupported: '不支持该内容类型，请按接口文档列出的类型提交。',
  document_not_as_named: '文件内容与路径中的 SHA-256 不一致，请核对后重新上传。',
  document_unsupported: '仅支持 PDF、JPEG、PNG 文件，请核对文件内容后重新上传。',
  scan_unsupported: '该文件不是 PDF、JPEG 或 PNG，未保存。请重新扫描或另选文件，其他内容都已保留。',
  scan_damaged: '文件在上传途中发生变化，未保存。请重新上传，其他内容都已保留。',
  scan_infected: '在该文件中发现病毒，未保存。请勿再打开该文件，并报告信息安全管理人员。其他内容都已保留。',
  scan_unexamined: '病毒检查服务暂时不可用，文件未保存。请稍后重新上传，其他内容都已保留。',
  scan_unknown: '没有找到为本次办理上传的该扫描件，请重新上传后再提请复核。',
  too_many_scans: '本次办理上传的扫描件已达上限，请使用已上传的扫描件，或结束本次办理后重新开始。',
  content_encoding_unsupported: '请求内容不能压缩或另行编码，请直接提交原始内容。',
  expectation_failed: '不支持请求头 Expect 中的要求。',
  headers_too_large: '请求头或网址过长。',
  invalid: '提交的内容不符合要求，请核对后重新提交。',
  auth_code_invalid: '支付宝授权码无效或已使用，请重新授权。',
  identity_not_authorized: '支付宝未提供您的姓名和身份证号码，请手工填写。',
  identity_unavailable: '支付宝暂时不能带出姓名和证件号码，请手工填写。',
  authorized_identity_over: '自动带出的姓名和证件号码已失效，请手工填写。',
  second_factor_wrong: '第二步验证未通过：验证码有误、已使用过，或通行密钥不属于该账号。请核对后重试。',
  enrolment_not_proven: '绑定未成功：验证码有误，或通行密钥未能确认。请从头再绑定一次。',
  last_second_factor: '这是唯一的验证方式，不能移除。请先绑定另一种，再移除它。',
  password_wrong: '当前密码不正确，密码未修改，请核对后重试。',
  too_many_requests: '操作过于频繁，请稍后再试。',
  complaints_used_up: '今日提交的投诉建议已达5条，请明天再提交；急需办理的，请到登记机关窗口咨询。',
  letter_not_ready: '《业务确认书》尚未制作完成，请稍后再来查看。',
  letter_deleted: '《业务确认书》已超过保存期限，按规定删除，不能再下载。',
  complaint_answered: '该投诉建议已经答复，不能再次答复，请刷新列表。',
  internal: '系统出现问题，已记录，请稍后再试。',
  vendor_unavailable: '支付宝服务暂时不可用，请稍后再试。',
  temporarily_unavailable: '系统繁忙，请稍后用同一操作重试，不会重复提交。',

  face_identity_mismatch: '身份验证失败：请核对姓名和证件号码，并使用本人的支付宝账号。',
  face_portrait_mismatch: '人像比对未通过：请由本人在光线充足处重试，或换用像素更高的手机。',
  face_picture_poor: '画面较暗或不清晰，请在光线充足处重试。',
  face_check_unavailable: '验证失败：请稍后再试，或重新启动支付宝。',
  face_check_unfinished: '尚未查询到刷脸结果，请重新刷脸。',
  face_check_void: '本次刷脸核验已失效，请重新开始，不占用次数。',
  face_check_used_up: '刷脸核验已超过10分钟或已使用，请重新核验。',
  window_left:
    '已返回待办事项。该业务仍需办理的，请再次打开；到窗口办理的，请到窗口后在手机上再次打开该业务，选择「不刷脸，到窗口办理」。',
  window_is_open: '多次未通过时，您也可以选择「不刷脸，到窗口办理」，效力相同。',
  face_passed: '核验成功。',
  attempts_used_up: '今日核验次数已用完，明天零点后可再试，也可到登记机关窗口办理。',
  matter_attempts_used_up: '该业务今日核验次数已用完，明天零点后可再试，也可到登记机关窗口办理。',
  attempts_restored: '核验次数已恢复，请重新核验。',
  checks_used_up: '本账号今日发起核验次数过多，请明天再试，也可到登记机关窗口办理。',
  bank_card_mismatch: '银行卡核验未通过：请使用本人名下的银行卡，并核对卡号。',
  bank_card_unusable: '该银行卡无法用于核验，请换一张本人名下的银行卡。',
  bank_card_check_unavailable: '银行卡核验服务暂时不可用，请稍后重试，不占用次数。',
  input_expired: '填写的内容已失效，请重新填写。',
  not_the_account_holder: '姓名或证件号码与当前支付宝账号的实名信息不一致，请核对，并使用本人的支付宝账号。',
  document_number_invalid: '证件号码有误，请核对。',
  document_type_goes_to_window:
    '该证件类型暂不支持线上核验，请携带证件到登记机关窗口办理，经办人员已收到您的申请。',
  minor_goes_to_window: '未满18周岁的，请由监护人陪同、携带证件到登记机关窗口办理，经办人员已收到您的申请。',
  document_expired: '证件已过有效期，请换领后再办理。',
  sign_in_again: '授权已过期，请重新录入。',
  to_do_unknown: '没有找到该待办事项，请刷新列表。',
  to_do_settled: '该待办事项已处理。',
  matter_closed: '该业务已结束，无需再确认。',
  matter_changed: '业务内容已变更，请查看最新内容后再确认。',
  name_differs: '业务中的姓名与您的证件姓名不一致，暂不能签字，请联系登记申请人更正。',
  verification_void: '已取消，本次核验作废，待办事项保留。',
  refusal_recorded: '已登记您的异议，该业务已停止办理，并已通知登记机关。',
  reissue_requested: '已请申报系统重新推送该业务；重新推送后，会再次列入您的待办事项。',
  reissue_requested_already: '24小时内已申请重新推送，请等待申报系统处理；着急办理的，请联系登记申请人。',
  reissue_not_needed: '该业务仍在待办事项中，可直接确认，无需重新推送。',
  reissue_too_late: '该业务已结束、已过期或已有新版本，不能再申请重新推送；仍需办理的，请联系登记申请人。',
  signature_outside: '签字超出签字区，请重新签字。',
  signature_times: '签字的书写时间异常，请重新签字。',
  signature_too_little: '签字笔画过少，请完整签写姓名。',
  signature_a_line: '签字过于简单，请完整签写姓名。',
  closed_by_clerk: '经办人员已结束本次办理，请重新录入，或到登记机关窗口办理。',
  rejected_by_clerk: '经办人员未能确认您的身份，本次办理已结束。如有疑问，请携带证件到登记机关窗口咨询。',
  confirmed_at_window: '已在窗口确认并签字，本次办理完成。',
  waits_for_second_clerk: '一名经办人员已提出处理意见，等待另一名经办人员复核。',
  proposal_declined: '另一名经办人员未同意该处理意见，将另行处理。',
  grant_limit_reached: '今日可增加的核验次数已用完，不能再增加。',
  no_reviewer: '没有可以复核的另一名经办人员，请联系管理员指定。',
  window_code_wrong:
    '窗口验证码不正确，请核对手机上显示的验证码后重新录入。录错五次后，须在手机上更换验证码。',
  window_code_expired: '窗口验证码已失效，请持手机的人在手机上点击【刷新】获取新的验证码，再由经办人员录入。',
  window_code_used_up:
    '窗口验证码已录错五次，不能再用，请持手机的人在手机上点击【刷新】获取新的验证码，再由经办人员录入。',
  sign_on_paper:
    '凭公证文件办理的，无法确认持手机的人就是本人，本次线上办理到此结束。请本人在登记机关提供的纸质文件上签字确认，由经办人员继续办理，无需再使用手机。',
  closed_by_operator: '本次办理已被系统结束，请重新录入。',
  // Before a consent is withdrawn: what that stops, and the data that stays by law.
  consent_withdrawal_personal_information:
    '撤回对个人信息处理的同意后，本次办理随即结束，您填写的身份信息不能再被读取；再次办理须重新同意，也可到登记机关窗口办理。撤回前依法完成的核验、确认和存证按规定期限保留，不受影响。',
  consent_withdrawal_face_check:
    '撤回对人脸信息处理的同意后，正在进行的刷脸核验随即停止，不占用次数，已保存的人像立即删除；再次刷脸前会重新征得您的同意，您也可到登记机关窗口办理。撤回前依法完成的核验、确认和存证按规定期限保留，不受影响。',
  consent_withdrawal_portrait_archiving:
    '撤回对人像存档的同意后，本系统保存的人像立即删除，不再提供给登记机关；确认业务和签字不受影响。已经存入登记档案的，由登记机关依法保存。撤回前依法完成的核验、确认和存证按规定期限保留，不受影响。',
  consent_withdrawal_bank_card_check:
    '撤回对银行卡信息处理的同意后，正在进行的银行卡核验随即停止，不占用次数，尚未核验的卡号立即删除；再次核验前会重新征得您的同意，您也可到登记机关窗口办理。撤回前依法完成的核验、确认和存证按规定期限保留，不受影响。',
  consent_withdrawal_bank_card_notice:
    '撤回后，已完成的核验不受影响；使用居民身份证线上办理仍须核验本人银行卡，不愿核验的，可到登记机关窗口办理。撤回前依法完成的核验、确认和存证按规定期限保留，不受影响。',
  // After it was withdrawn: what has stopped.
  consent_withdrawn_personal_information:
    '您已撤回同意，本次办理已结束。您填写的身份信息不能再被读取；再次办理须重新同意，也可到登记机关窗口办理。撤回前依法完成的核验、确认和存证按规定期限保留，不受影响。',
  consent_withdrawn_face_check:
    '您已撤回对人脸信息处理的同意。正在进行的刷脸核验（如有）已停止，不占用次数，已保存的人像已删除；再次刷脸前将重新征得您的同意，您也可到登记机关窗口办理。撤回前依法完成的核验、确认和存证按规定期限保留，不受影响。',
  consent_withdrawn_portrait_archiving:
    '您已撤回对人像存档的同意。本系统保存的人像已删除，不再提供给登记机关；确认业务和签字不受影响。已经存入登记档案的，由登记机关依法保存。撤回前依法完成的核验、确认和存证按规定期限保留，不受影响。',
  consent_withdrawn_bank_card_check:
    '您已撤回对银行卡信息处理的同意。正在进行的银行卡核验（如有）已停止，不占用次数，尚未核验的卡号已删除；再次核验前将重新征得您的同意，您也可到登记机关窗口办理。撤回前依法完成的核验、确认和存证按规定期限保留，不受影响。',
  consent_withdrawn_bank_card_notice:
    '您已撤回同意，已完成的核验不受影响；使用居民身份证线上办理仍须核验本人银行卡，不愿核验的，可到登记机关窗口办理。撤回前依法完成的核验、确认和存证按规定期限保留，不受影响。',
  journey_lost: '因系统原因，本次办理已中断，请重新录入。',
  journey_idle: '因长时间未操作，本次办理已结束，请重新录入。',
} as const;

/**
 * The Alipay notification after a confirmation contains this text, the evidence number and the time. It names nobody, because other
 * people may see the phone.
 */
export const confirmedMessage = '如非本人办理，请进入小程序选择「这不是我办的」';

/** The same text after the registration system pushed a new version whose text equals the signed text. */
export const carriedMessage = '签字已沿用至新版本，如非本人办理，请进入小程序选择「这不是我办的」';

export type UserMessageCode = keyof typeof userMessages;

export const userMessageCodes = Object.keys(userMessages) as [UserMessageCode, ...UserMessageCode[]];

export function isUserMessageCode(code: string): code is UserMessageCode {
  return Object.hasOwn(userMessages, code);
}

export function userMessageOf(code: UserMessageCode): string {
  return userMessages[code];
}

// Those of the messages above that speak to the person at the phone, as clerks read them.
const clerkMessages: Partial<Record<UserMessageCode, string>> = {
  idempotency_key_missing: '请求缺少 Idempotency-Key，请刷新页面后重试。',
  not_signed_in: '登录已失效，请重新登录。',
  journey_closed: '本次办理已结束，请返回待办列表。',
};

export function clerkMessageOf(code: UserMessageCode): string {
  return clerkMessages[code] ?? userMessages[code];
}

export function userMessagesOf(
  codes: readonly UserMessageCode[],
): { code: UserMessageCode; message: string }[] {
  return codes.map((code) => ({ code, message: userMessageOf(code) }));
}

/** The message for a person whose journey waits: the cause, the people who handle it, and the possible actions. */
export const stuckMessages: Readonly<Record<StuckCause, string>> = {
  'vendor-unavailable':
    '核验服务暂时不可用，系统会自动重试，恢复后即可继续，不占用次数。您也可以选择到窗口办理。',
  'vendor-refused':
    '核验服务未受理本次核验，登记机关经办人员正在查看，处理后即可继续。您也可以选择到窗口办理。',
  'source-unusable':
    '权威数据源中没有可供比对的照片，无需反复尝试。登记机关经办人员正在查看，建议携带证件到窗口办理。',
  'result-undecidable': '核验服务未能给出明确结果，登记机关经办人员正在查看，处理后即可继续，不占用次数。',
  'name-mismatch-suspected':
    '您的姓名中可能有各系统写法不一的字符，登记机关经办人员正在核对写法，处理后即可继续。您也可以携带证件到窗口办理。',
  'locked-out': '今日核验次数已用完，明天零点后可继续；也可请经办人员增加次数，或选择到窗口办理。',
  'in-person': '请携带证件原件到登记机关窗口，或提交经公证的身份证件，由两名经办人员核对，效力与刷脸相同。',
  'data-key-unavailable': '系统暂时无法读取您提交的内容，技术人员正在处理，内容未丢失，处理后即可继续。',
  'system-fault': '系统出现故障，技术人员正在处理，已填写的内容未丢失，处理后即可继续。',
};

/** The message for clerks about the phone of a journey, before the journey reaches its to-dos. */
export const phoneMessages: Readonly<Record<PhoneState, string>> = {
  proven: '提出人已录入本次办理的手机所显示的窗口验证码，该手机当时就在窗口。',
  unproven:
    '尚不能确认持手机的人就是本人。本人到窗口的，请录入其手机上显示的窗口验证码；凭邮寄的公证文件认定的，通过后本次线上办理即结束，由本人在纸质文件上签字确认。',
};
