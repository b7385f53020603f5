import type { Words } from '../../room'

export const words: Words = {
  zh: {
    totp: {
      code: '动态口令', ask: '密码正确。请输入认证器上显示的六位动态口令。', again: '换个账号登录',
      title: '绑定动态口令', why: '登录需要密码和动态口令两样。请用手机上的认证器应用（TOTP）扫描此图，再输入其显示的六位数字。',
      secret: '不能扫描时，手工输入密钥', picture: '动态口令密钥二维码', once: '密钥只在此时显示，请勿截屏或转发。',
      confirm: '绑定', lost: '更换手机或丢失认证器时，请联系安全管理员重置。',
    },
  },
  en: {
    totp: {
      code: 'One-time code', ask: 'The password is right. Enter the six digits your authenticator shows.', again: 'Another account',
      title: 'Enrol your authenticator',
      why: 'Signing in takes a password and a one-time code. Scan this with an authenticator application (TOTP), then enter the six digits it shows.',
      secret: 'If you cannot scan it, type the secret', picture: 'The secret of the one-time codes as a QR code',
      once: 'The secret is shown only now. Take no picture of it and send it to nobody.',
      confirm: 'Enrol', lost: 'With a new or lost authenticator, ask a security administrator to reset it.',
    },
  },
}
