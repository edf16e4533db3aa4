/** A filter for jest: the tests without servers. @param {string[]} files */
module.exports = async (files) => {
  const { isUnitTest } = await import('../../scripts/test-needs.mjs');
  return { filtered: files.filter(isUnitTest) };
};
