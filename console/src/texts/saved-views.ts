/** Words of the windows about saved views, which are loaded with them. */
const inChinese = {
  saveTitle: '保存为视图',
  changeTitle: '修改视图',
  what: '视图保留当前的筛选条件和显示列。',
  name: '名称',
  sharedWith: '供谁使用',
  onlyMe: '仅本人',
  all: (scope: string) => `管辖 ${scope} 的工作人员`,
  save: '保存',
  renew: '改为当前的筛选条件和显示列',
  remove: '删除视图',
  cancel: '取消',
};

const inEnglish: typeof inChinese = {
  saveTitle: 'Save as a view',
  changeTitle: 'Change the view',
  what: 'A view keeps the filters and the columns that are shown now.',
  name: 'Name',
  sharedWith: 'For',
  onlyMe: 'me alone',
  all: (scope) => `clerks who serve ${scope}`,
  save: 'Save',
  renew: 'Replace by the filters and columns shown now',
  remove: 'Delete the view',
  cancel: 'Cancel',
};

export const savedViewTexts = { 'zh-CN': inChinese, en: inEnglish };
