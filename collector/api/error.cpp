#include "collector/api/error.hpp"

#include <array>

#include <spdlog/spdlog.h>
#include <boost/json/parse.hpp>

#include "collector/api/json.hpp"

namespace huxin::api {
namespace {

struct Known {
  std::string_view code;
  unsigned status;
  std::string_view zh, en;
};

constexpr std::array kKnown{
    Known{"bad_request", 400, "请求格式不正确", "The request is malformed"},
    Known{"bad_parameter", 400, "参数不正确", "A parameter is wrong"},
    Known{"bad_json", 400, "请求体不是所需的 JSON", "The body is not the JSON that is needed"},
    Known{"password_too_short", 400, "新密码至少 10 个字符",
          "The new password needs at least 10 characters"},
    Known{"password_too_long", 400, "新密码不得超过 128 字节",
          "The new password may have at most 128 bytes"},
    Known{"password_unchanged", 400, "新密码与旧密码相同", "The new password is the old one"},
    Known{"password_is_name", 400, "密码不得包含用户名",
          "The password must not contain the user name"},
    Known{"unauthenticated", 401, "请先登录", "Sign in first"},
    Known{"bad_credentials", 401, "用户名或密码不正确", "Wrong user name or password"},
    Known{"wrong_password", 401, "原密码不正确", "The old password is wrong"},
    Known{"totp_required", 401, "请输入动态口令",
          "The one-time code of your authenticator is needed"},
    Known{"wrong_code", 401, "动态口令不正确或已用过",
          "The one-time code is wrong or was used before"},
    Known{"totp_enrolment_required", 403, "请先绑定动态口令", "Enrol your authenticator first"},
    Known{"own_account", 403, "不得更改自己的账号", "Nobody changes their own account here"},
    Known{"forbidden", 403, "您的角色无权进行此操作", "Your role may not do this"},
    Known{"csrf", 403, "缺少请求头 X-Huxin: 1", "The header X-Huxin: 1 is missing"},
    Known{"password_change_required", 403, "请先修改初始密码", "Change the initial password first"},
    Known{"not_found", 404, "没有找到", "There is no such thing"},
    Known{"order_state", 409, "指令当前状态不允许此操作", "The order's state does not allow this"},
    Known{"two_people", 403, "销毁须两人办理，经办人不得自行批准",
          "A destruction takes two people: its executor may not approve it"},
    Known{"executor_gone", 409, "经办人账号已停用或不再是安全员",
          "The executor's account is disabled, or no officer's any more"},
    Known{"confirmation_failed", 401, "密码或动态码不正确", "Wrong password or code"},
    Known{"terminal_revoked", 409, "终端已吊销", "The terminal was revoked"},
    Known{"order_terminals", 400, "一条指令只能针对一台终端", "An order is for one terminal"},
    Known{"conflict", 409, "内容已被他人修改，请刷新后重试",
          "Somebody changed it meanwhile; load it again"},
    Known{"bad_transition", 409, "当前状态不能这样变更", "The state cannot change that way"},
    Known{"case_closed", 409, "案件已结案，请先重新打开", "The case is closed; reopen it first"},
    Known{"case_full", 409, "一个案件最多 200 个事件", "A case holds at most 200 incidents"},
    Known{"case_mixed", 400, "反洗钱保密事件须单独立案",
          "Confidential anti-money-laundering incidents need a case of their own"},
    Known{"incident_in_case", 409, "事件已在其他案件中", "An incident is in another case already"},
    Known{"bad_owner", 400, "负责人须为可办理此案的启用账号",
          "The owner must be an enabled account that may work on the case"},
    Known{"verdict_needed", 400, "结案须选择结论", "Closing needs a verdict"},
    Known{"note_needed", 400, "须填写说明", "A note is needed"},
    Known{"steps_open", 409, "处置步骤尚未全部完成，不能以“属实”结案",
          "A confirmed case is closed only when every step is done"},
    Known{"nothing_changed", 400, "没有任何变更", "Nothing would change"},
    Known{"bad_certificate", 400, "证书不符合要求", "The certificate does not do"},
    Known{"key_exists", 409, "该证书已登记", "This certificate is registered already"},
    Known{"too_many_keys", 409, "一个账号最多 32 把密钥", "An account has at most 32 keys"},
    Known{"no_key", 409, "请先生成您的取证密钥", "Make your evidence key first"},
    Known{"no_evidence", 409, "本事件没有密封证据", "This incident has no sealed evidence"},
    Known{"second_key_only", 403, "第二复核人持有第二把密钥，不能申请查看",
          "A second reviewer holds the second key and cannot ask"},
    Known{"reveal_waits", 409, "您对此事件已有未结束的申请",
          "A request of yours for this incident is under way"},
    Known{"too_many_reveals", 409, "您最多可有 20 个待复核的申请",
          "At most 20 requests of yours may wait"},
    Known{"reveal_over", 409, "申请已处理或已过期", "The request is answered or expired"},
    Known{"two_people_needed", 403, "申请人与复核人不得为同一人", "Whoever asks does not answer"},
    Known{"method_not_allowed", 405, "不支持该方法", "This method is not supported here"},
    Known{"not_assignable", 400, "须为有效的合规或外部检查人账户",
          "An account of compliance or an external inspector is needed"},
    Known{"not_assigned", 403, "此检查未指派给您", "This inspection is not assigned to you"},
    Known{"in_use", 409, "仍被引用，不能替换", "Something still refers to it"},
    Known{"closed", 409, "已关闭，不可更改", "It is closed and cannot be changed"},
    Known{"incomplete", 409, "尚未完成", "It is not complete yet"},
    Known{"totp_enrolled", 409, "已绑定动态口令", "An authenticator is enrolled already"},
    Known{"totp_not_begun", 409, "请先取得动态口令密钥", "Begin the enrolment first"},
    Known{"user_exists", 409, "用户名已存在", "There is such a user already"},
    Known{"bad_user_name", 400,
          "用户名须为 1 至 64 字节，只含汉字、英文字母、数字和除 / ? # % 以外的可见符号",
          "A user name has 1 to 64 bytes: Chinese characters and visible ASCII but for / ? # %"},
    Known{"roles_exclude", 409, "这些角色不得由同一账号担任",
          "One account may not hold these roles together"},
    Known{"end_required", 409, "外部检查人账号须有截止日期",
          "An external inspector's account needs an end"},
    Known{"unsupported_media_type", 415, "请求体的类型不是此接口所要的",
          "The body is not of the type that this call takes"},
    Known{"too_large", 413, "超出上限", "Over the limit"},
    Known{"not_shipped", 503, "已导入但未能下发到终端；下次导入或发布策略时一并下发",
          "Imported, but not shipped to terminals; the next import or publication carries it"},
    Known{"throttled", 429, "失败次数过多，请稍后再试",
          "Too many failed attempts; try again later"},
    Known{"too_many_refused", 429, "一分钟内被拒绝的操作过多，请稍后再试",
          "Too many of your calls were refused within a minute; try again later"},
    Known{"busy", 503, "登录请求过多，请稍后再试", "Too many sign-ins at once; try again"},
    Known{"unavailable", 503, "数据库暂时不可用，请稍后再试",
          "The database is unavailable; try again later"},
    Known{"audit_unavailable", 503, "审计日志无法写入，操作未执行",
          "The audit log cannot be written, so nothing was done"},
    Known{"audit_unfinished", 503, "操作已执行，但结果未能写入审计日志",
          "It was carried out, but its result could not be written to the audit log"},
    Known{"internal", 500, "服务器内部错误", "The server failed; see its log"},
};

http::Response body_of(unsigned status, std::string_view code, const std::string& zh,
                       const std::string& en) {
  return json_response(
      status, {{"error", {{"code", json_text(code)}, {"message_zh", zh}, {"message_en", en}}}});
}

}  // namespace

http::Response error(std::string_view code, std::string_view detail) {
  const auto* found = std::ranges::find(kKnown, code, &Known::code);
  if (found == kKnown.end()) found = std::ranges::find(kKnown, "internal", &Known::code);
  std::string zh(found->zh);
  std::string en(found->en);
  if (!detail.empty()) {
    zh.append("：").append(detail);
    en.append(": ").append(detail);
  }
  return body_of(found->status, found->code, zh, en);
}

std::string error_code_of(const http::Response& response) {
  boost::json::error_code malformed;
  const boost::json::value body = boost::json::parse(json_text(response.body), malformed);
  if (malformed || !body.is_object()) return {};
  const auto* const inner = body.get_object().if_contains("error");
  const auto* const object = inner == nullptr ? nullptr : inner->if_object();
  const auto* const code = object == nullptr ? nullptr : object->if_contains("code");
  const auto* const text = code == nullptr ? nullptr : code->if_string();
  return text == nullptr ? std::string{} : std::string(text->data(), text->size());
}

http::Response store_trouble(const Error& trouble) {
  spdlog::error("console: {}: {}", to_string(trouble.code), trouble.context);
  return error("unavailable");
}

http::Response render_error(unsigned status, std::string_view code, std::string_view message) {
  return body_of(status, code, "请求不被接受", std::string(message));
}

}  // namespace huxin::api
