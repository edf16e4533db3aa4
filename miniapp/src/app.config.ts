export default defineAppConfig({
  pages: [
    'pages/home/index',
    'pages/details/index',
    'pages/document/index',
    'pages/support/index',
    'pages/legal/index',
    'pages/consents/index',
  ],
  // Pages that slide in are moved under the finger, and make some people dizzy.
  animation: false,
  window: {
    navigationBarTitleText: '登记注册身份验证',
    navigationBarBackgroundColor: '#ffffff',
    navigationBarTextStyle: 'black',
    backgroundColor: '#f4f6f9',
  },
});
