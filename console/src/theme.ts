/** The class that carries the variables of the theme. */
export const SCOPE = 'console';

// The colours of the mini-program (miniapp/src/design.scss, docs/design.md); a test compares them.
const shared = { borderRadius: 4, fontSize: 14, motion: false };

export const light = {
  ...shared,
  colorPrimary: '#0b4f9e',
  colorLink: '#0b4f9e',
  colorSuccess: '#17713a',
  colorSuccessBg: '#e9f5ec',
  colorError: '#b3261e',
  colorErrorBg: '#fdeeec',
  colorWarning: '#8a5300',
  colorWarningBg: '#fff6e0',
  colorInfo: '#0b4f9e',
  colorInfoBg: '#eaf2fb',
  colorText: '#1a2430',
  colorTextSecondary: '#4a5866',
  colorBgContainer: '#ffffff',
  colorBgLayout: '#f3f6fa',
  colorBorder: '#6b7885',
  colorBorderSecondary: '#d5dce4',
};

export const dark = {
  ...shared,
  colorPrimary: '#2f74c8',
  colorLink: '#8ab8f0',
  colorSuccess: '#4fae74',
  colorSuccessBg: '#0f2016',
  colorError: '#f0857d',
  colorErrorBg: '#351c1b',
  colorWarning: '#d9a441',
  colorWarningBg: '#261f15',
  colorInfo: '#8ab8f0',
  colorInfoBg: '#16263a',
  colorText: '#e6ebf1',
  colorTextSecondary: '#aeb9c5',
  colorBgContainer: '#18212c',
  colorBgLayout: '#10161e',
  colorBorder: '#7d8a98',
  colorBorderSecondary: '#2c3845',
};
