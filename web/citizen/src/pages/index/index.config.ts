export default definePageConfig({ navigationBarTitleText: '蓉易办' })
