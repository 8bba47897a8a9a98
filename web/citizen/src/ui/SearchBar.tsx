/** Type what you want to do. */
import { Box, Button, Input } from './kit'
import { Icon } from './Icon'

export function SearchBar({ value, onChange, onSearch }: { value: string; onChange: (value: string) => void; onSearch: () => void }) {
  return (
    <Box className="search" role="search">
      <Icon name="search" className="search-icon" />
      <Input id="search" kind="search" label="搜索要办的事" placeholder="如：居住证" value={value} onChange={onChange} onDone={onSearch} maxLength={40} />
      <Button kind="primary" className="search-go" onPress={onSearch}>搜索</Button>
    </Box>
  )
}
