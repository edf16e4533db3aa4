export default defineAppConfig({
  pages: [
    'pages/home/index',
    'pages/details/index',
    'pages/document/index',
    'pages/support/index',
    'pages/complaints/index',
    'pages/legal/index',
    'pages/consents/index',
  ],
  // Pages that slide in are moved under the finger, and make some people dizzy.
  animation: false,
  window: {
    navigationBarTitleText: '登记注册身份验证',
    navigationBarBackgroundColor: '#0b4f9e',
    navigationBarTextStyle: 'white',
    backgroundColor: '#f3f6fa',
  },
});
