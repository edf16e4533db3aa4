export default defineAppConfig({
  // What people see first, and on the way to every signature. Alipay loads the others when they are opened.
  pages: ['pages/home/index', 'pages/details/index'],
  subPackages: [
    { root: 'pages/document', pages: ['index'] },
    { root: 'pages/support', pages: ['index'] },
    { root: 'pages/complaints', pages: ['index'] },
    { root: 'pages/legal', pages: ['index'] },
    { root: 'pages/consents', pages: ['index'] },
    { root: 'pages/records', pages: ['index', 'record/index'] },
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
