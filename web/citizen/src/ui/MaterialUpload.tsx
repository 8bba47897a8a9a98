/** One material: what it is, the files handed in, the way to add one. */
import { useState } from 'react'
import type { HandedFile } from '@/domain/draft'
import { NEED_NAMES } from '@/domain/guide'
import type { Slot } from '@shared/missing'
import { Box, Button, Heading, Picture, Text } from './kit'
import { Icon } from './Icon'
import { useUploads } from './useUploads'

const MOST = 3

interface Props {
  material: Slot
  files: HandedFile[]
  onAdd: (file: HandedFile) => void
  onDrop: (materialId: string) => void
  busy: (change: 1 | -1) => void
}

export function MaterialUpload({ material, files, onAdd, onDrop, busy }: Props) {
  const [previews, setPreviews] = useState<Record<string, string>>({})
  const uploads = useUploads({
    busy,
    onDone: (file, material_id) => {
      setPreviews((all) => ({ ...all, [material_id]: file.preview }))
      onAdd({ code: material.code, material_id, name: file.name })
    },
  })
  const add = files.length ? '再传一张' : '拍照或选文件'
  const room = files.length + uploads.sending.length < MOST
  return (
    <Box className="upload" id={`upload-${material.code}`} role="group" label={material.name}>
      <Box className="upload-head">
        <Heading level={3} className="upload-name">{material.name}</Heading>
        <Text className={`tag tag-${material.need}`}>{NEED_NAMES[material.need]}</Text>
      </Box>
      <Text className="upload-note">{[material.format, material.note].filter(Boolean).join('，')}</Text>
      {files.map((file) => (
        <Box key={file.material_id} className="file">
          {previews[file.material_id] ? <Picture src={previews[file.material_id] ?? ''} alt="" className="file-picture" /> : <Icon name="list" className="file-icon" />}
          <Text className="file-name">{file.name}</Text>
          <Text className="file-ok">已上传</Text>
          <Button kind="text" label={`删除${file.name}`} onPress={() => onDrop(file.material_id)}>删除</Button>
        </Box>
      ))}
      <Box live="polite">
        {uploads.sending.map((each) => (
          <Box key={each.id} className="file">
            <Text className="file-name">{each.file.name}</Text>
            {each.fault ? (
              <>
                <Text className="file-fault">{each.fault}</Text>
                <Button kind="plain" label={`重试：${each.file.name}`} onPress={() => uploads.again(each.id)}>重试</Button>
                <Button kind="text" label={`不传了：${each.file.name}`} onPress={() => uploads.drop(each.id)}>不传了</Button>
              </>
            ) : <Progress percent={each.percent} />}
          </Box>
        ))}
        {uploads.fault ? <Text className="field-fault">{uploads.fault}</Text> : null}
      </Box>
      {room ? (
        <Button kind="plain" className="upload-add" label={`${add}：${material.name}`} onPress={() => void uploads.choose()}>
          <Icon name="camera" />{add}
        </Button>
      ) : null}
    </Box>
  )
}

function Progress({ percent }: { percent: number }) {
  return (
    <Box className="progress" role="img" label={`正在上传，${percent}%`}>
      <Text className="progress-words" decorative>正在上传 {percent}%</Text>
      <Box className="progress-line"><Box className={`progress-done progress-${Math.round(percent / 10)}`} /></Box>
    </Box>
  )
}
