export default defineAppConfig({
  pages: ['pages/home/index', 'pages/support/index', 'pages/legal/index', 'pages/consents/index'],
  window: {
    navigationBarTitleText: '登记注册身份验证',
    navigationBarBackgroundColor: '#ffffff',
    navigationBarTextStyle: 'black',
    backgroundColor: '#f4f6f9',
  },
});
